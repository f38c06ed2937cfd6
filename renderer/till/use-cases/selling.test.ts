import { afterEach, describe, expect, it } from 'vitest';
import { ALMA_CARD, BENNO_CARD, EXAMPLE_BARCODE, UNKNOWN_CARD } from '../testing/example-shop.ts';
import { openScreen, type TestScreen } from '../testing/screen.ts';

let screen: TestScreen;
afterEach(() => screen.close());

async function withBasket(...skus: string[]): Promise<void> {
  for (const sku of skus) addItem(sku);
  await screen.quoted();
}

function addItem(sku: string): void {
  const item = screen.store.getState().catalogue.items.find((other) => other.sku === sku);
  if (item === undefined) throw new Error(`no item ${sku}`);
  screen.actions.addItem(item);
}

async function withAlma(): Promise<void> {
  await screen.actions.identifyCard(ALMA_CARD);
}

/** Sales in the ledger beyond the one that the shop began with. */
async function salesMade(): Promise<number> {
  const { sales } = await screen.till.ask('sale.recent', { limit: 50 });
  return sales.length - 1;
}

describe('confirming', () => {
  it('sells what was quoted, and shows it with its receipt', async () => {
    screen = await openScreen();
    await withAlma();
    await withBasket('CAP', 'CAP', 'CHE');
    screen.actions.applyReward('free-coffee');
    await screen.quoted();
    await screen.actions.confirmSale();
    const { done, sale } = await screen.until((state) => (state.done?.receipt ?? null) !== null);
    expect({ due: done?.sale.due, member: done?.memberName, spent: done?.sale.spent, left: sale.lines }).toEqual({
      due: 850,
      member: 'Alma',
      spent: [{ wallet: 'points', amount: 50 }],
      left: [],
    });
    expect(await salesMade()).toBe(1);
  });

  it('sells once, however often it is pressed', async () => {
    screen = await openScreen();
    await withBasket('CAP');
    await Promise.all([screen.actions.confirmSale(), screen.actions.confirmSale(), screen.actions.confirmSale()]);
    await screen.actions.confirmSale();
    expect(await salesMade()).toBe(1);
  });

  it('sells nothing while the total is still being worked out', async () => {
    screen = await openScreen();
    await withBasket('CAP');
    addItem('CHE');
    await screen.actions.confirmSale();
    expect({ made: await salesMade(), phase: screen.store.getState().sale.phase }).toEqual({
      made: 0,
      phase: 'selling',
    });
  });

  it('sells once where the engine dies with the answer on its lips', async () => {
    screen = await openScreen();
    await withBasket('CAP');
    screen.wire.deafen();
    const confirmed = screen.actions.confirmSale();
    await expect.poll(salesMade).toBe(1);
    expect(screen.store.getState().sale.phase).toBe('committing');
    screen.wire.reconnect();
    await confirmed;
    expect({ made: await salesMade(), due: screen.store.getState().done?.sale.due }).toEqual({ made: 1, due: 360 });
  });

  it('finishes the same sale after the page was loaded again', async () => {
    screen = await openScreen();
    await withAlma();
    await withBasket('CAP');
    screen.wire.deafen();
    void screen.actions.confirmSale();
    await expect.poll(salesMade).toBe(1);
    const again = await openScreen({ till: screen.till, storage: screen.storage });
    const { done } = await again.until((state) => state.done !== null);
    expect({ made: await salesMade(), due: done?.sale.due, kept: screen.storage.size }).toEqual({
      made: 1,
      due: 360,
      kept: 0,
    });
  });

  it('says why nothing was sold, works the total out anew, and sells then', async () => {
    screen = await openScreen();
    await withAlma();
    await withBasket('CAP');
    screen.actions.applyReward('free-coffee');
    await screen.quoted();
    const { member } = screen.store.getState().member;
    await screen.till.ask('sale.commit', {
      command: '5b0f1f3a-30a8-4a58-8d3c-7f0b8f0c8d11',
      member: member?.member ?? '',
      lines: [{ sku: 'CAP', category: 'Coffee', quantity: '2', unitPrice: 360 }],
      redeem: [{ reward: 'free-coffee' }, { reward: 'pay', points: 30 }],
      reference: null,
      expectedDue: null,
    });
    await screen.actions.confirmSale();
    expect(screen.store.getState().sale.refusal?.code).toBe('insufficient-balance');
    const { sale } = await screen.quoted();
    expect({
      redeem: sale.redeem,
      dropped: sale.dropped.map((other) => other.reward),
      due: sale.quoted?.quote.due,
    }).toEqual({
      redeem: [],
      dropped: ['free-coffee'],
      due: 360,
    });
    await screen.actions.confirmSale();
    expect({ made: await salesMade(), due: screen.store.getState().done?.sale.due }).toEqual({ made: 2, due: 360 });
  });
});

describe('the total', () => {
  it('counts only for the basket that it is of', async () => {
    screen = await openScreen();
    addItem('CAP');
    screen.clock.pass(1_000);
    addItem('CHE');
    const { sale } = await screen.quoted();
    expect({ keys: sale.quoted?.keys.length, due: sale.quoted?.quote.due }).toEqual({ keys: 2, due: 850 });
  });

  it('takes a reward off that the basket no longer allows, and says why', async () => {
    screen = await openScreen();
    await withAlma();
    await withBasket('CAP', 'CHE');
    screen.actions.applyReward('free-coffee');
    await screen.quoted();
    const coffee = screen.store.getState().sale.lines.find((line) => line.sku === 'CAP');
    screen.actions.removeLine(coffee?.key ?? '');
    const { sale } = await screen.quoted();
    expect({ redeem: sale.redeem, dropped: sale.dropped, due: sale.quoted?.quote.due }).toMatchObject({
      redeem: [],
      dropped: [{ reward: 'free-coffee', refusal: { code: 'nothing-to-discount' } }],
      due: 490,
    });
  });

  it('lets points pay less where the basket has shrunk', async () => {
    screen = await openScreen();
    await withAlma();
    await withBasket('CHE', 'BRO');
    await screen.actions.openSpend('pay');
    expect(screen.store.getState().dialog).toEqual({ kind: 'spend', reward: 'pay', limits: { step: 10, most: 120 } });
    screen.actions.applyReward('pay', 120);
    await screen.quoted();
    const cheesecake = screen.store.getState().sale.lines.find((line) => line.sku === 'CHE');
    screen.actions.removeLine(cheesecake?.key ?? '');
    addItem('AME');
    screen.actions.setPrice(screen.store.getState().sale.lines.at(-1)?.key ?? '', 10);
    screen.actions.setPrice(screen.store.getState().sale.lines[0]?.key ?? '', 100);
    const { sale } = await screen.quoted();
    expect({ redeem: sale.redeem, dropped: sale.dropped }).toEqual({
      redeem: [{ reward: 'pay', points: 50 }],
      dropped: [],
    });
  });

  it('comes again when the engine is back', async () => {
    screen = await openScreen();
    await withBasket('CAP');
    screen.wire.reconnect();
    const { sale } = await screen.quoted();
    expect(sale.quoted?.quote.due).toBe(360);
  });
});

describe('a scan', () => {
  it('adds a product, identifies a member, and refuses what is neither', async () => {
    screen = await openScreen();
    screen.actions.takeScan(EXAMPLE_BARCODE);
    expect(screen.store.getState().sale.lines.map((line) => line.sku)).toEqual(['CUP']);
    screen.actions.takeScan(BENNO_CARD);
    await screen.until((state) => state.member.member?.displayName === 'Benno');
    screen.actions.takeScan(UNKNOWN_CARD);
    const { member } = await screen.until((state) => state.member.refusal !== null);
    expect(member.refusal).toMatchObject({ card: UNKNOWN_CARD, refusal: { code: 'unknown-card' } });
    screen.actions.takeScan('4111111111111111');
    expect(screen.store.getState().member.refusal).toMatchObject({ card: null, refusal: { code: 'payment-card' } });
  });

  it('begins the next sale where one has just been made', async () => {
    screen = await openScreen();
    await withBasket('CAP');
    await screen.actions.confirmSale();
    screen.actions.takeScan(ALMA_CARD);
    const { done, sale } = await screen.until((state) => state.member.member?.displayName === 'Alma');
    expect({ done, lines: sale.lines }).toEqual({ done: null, lines: [] });
  });

  it('fills the card of a member who is being enrolled, and answers no question of the screen', async () => {
    screen = await openScreen();
    screen.actions.openDialog({ kind: 'enrol-member', card: '' });
    screen.actions.takeScan(UNKNOWN_CARD);
    expect(screen.store.getState().dialog).toEqual({ kind: 'enrol-member', card: UNKNOWN_CARD });
    screen.actions.openDialog({ kind: 'clear' });
    screen.actions.takeScan(ALMA_CARD);
    expect({ dialog: screen.store.getState().dialog, toasts: screen.toasts }).toEqual({
      dialog: { kind: 'clear' },
      toasts: [{ kind: 'scan-ignored' }],
    });
  });
});

describe('a basket of the POS', () => {
  const basket = { member: null, lines: [{ sku: 'X', name: 'Thing', quantity: '1', unitPrice: 700 }], redeem: [] };

  it('replaces an empty basket, and asks where there is one', async () => {
    screen = await openScreen();
    screen.till.engine.parts.events.emit('basket', { basket, reference: 'POS-1', member: null });
    await screen.until((state) => state.sale.reference === 'POS-1');
    screen.till.engine.parts.events.emit('basket', { basket, reference: 'POS-2', member: null });
    const { dialog, sale } = await screen.until((state) => state.dialog.kind === 'presented');
    expect(sale.reference).toBe('POS-1');
    if (dialog.kind === 'presented') screen.actions.takePresented(dialog.presented);
    const quoted = await screen.quoted();
    expect({ reference: quoted.sale.reference, due: quoted.sale.quoted?.quote.due }).toEqual({
      reference: 'POS-2',
      due: 700,
    });
  });
});

describe('members and past sales', () => {
  it('enrols a card once, however often it is pressed, and puts the member on the sale', async () => {
    screen = await openScreen();
    const details = { card: UNKNOWN_CARD, firstName: 'Cara', phone: null, email: null, birthday: '02-29' };
    await Promise.all([screen.actions.enrolMember(details), screen.actions.enrolMember(details)]);
    expect(screen.store.getState().member.member?.displayName).toBe('Cara');
    await screen.actions.enrolMember(details);
    expect(screen.store.getState().memberEnrolment.refusal).toMatchObject({ code: 'invalid-request', path: 'card' });
  });

  it('finds by the beginning of a name: one at once, several to choose from, nobody in a sentence', async () => {
    screen = await openScreen();
    await screen.actions.findMember('alm');
    expect(screen.store.getState().member.member?.displayName).toBe('Alma');
    await screen.actions.enrolMember({
      card: UNKNOWN_CARD,
      firstName: 'Benita',
      phone: null,
      email: null,
      birthday: null,
    });
    await screen.actions.findMember('ben');
    expect(
      screen.store
        .getState()
        .member.hits.map((hit) => hit.displayName)
        .toSorted((a, b) => String(a).localeCompare(String(b))),
    ).toEqual(['Benita', 'Benno']);
    await screen.actions.findMember('zoe');
    expect(screen.store.getState().member.refusal?.refusal.code).toBe('nobody-found');
  });

  it('voids after asking, once, and shows the member what came back', async () => {
    screen = await openScreen();
    await withAlma();
    await screen.actions.openRecent();
    const [sale] = screen.store.getState().recent.sales;
    if (sale === undefined) throw new Error('no sale');
    screen.actions.askVoid(sale);
    await Promise.all([screen.actions.voidSale(), screen.actions.voidSale()]);
    const { recent, member } = screen.store.getState();
    expect({
      voided: recent.sales[0]?.voided,
      points: member.member?.balances[0]?.balance,
      toasts: screen.toasts.length,
    }).toEqual({
      voided: true,
      points: 0,
      toasts: 1,
    });
  });
});
