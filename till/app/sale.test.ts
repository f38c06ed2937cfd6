import { afterEach, describe, expect, it } from 'vitest';
import type { Basket } from '../contract/shapes.ts';
import { newCommand, openTestTill, type TestTill } from '../testing/test-till.ts';

let till: TestTill;
afterEach(() => till.close());

const CARD = '2900000000018';
const coffee = (quantity: string): Basket['lines'][number] => ({
  sku: 'COFFEE',
  name: 'Coffee',
  quantity,
  unitPrice: 350,
  taxRate: '0.19',
});
const beans = { sku: 'BEANS', quantity: '1', unitPrice: 6000 };

async function enrolled(): Promise<string> {
  const member = await till.ask('member.enrol', {
    command: newCommand(),
    card: CARD,
    firstName: 'Juniper',
    phone: null,
    email: null,
    birthday: '05-04',
  });
  return member.member;
}

async function sell(
  member: string | null,
  lines: Basket['lines'],
  redeem: Basket['redeem'] = [],
  command = newCommand(),
) {
  return till.ask('sale.commit', { command, member, lines, redeem, reference: null, expectedDue: null });
}

describe('a sale at a till with no line', () => {
  it('earns, spends and shows the new balance at once', async () => {
    till = await openTestTill();
    const member = await enrolled();
    const first = await sell(member, [beans]);
    expect(first).toMatchObject({ due: 6000, earned: [{ wallet: 'points', amount: 60 }], receipt: 'T1-000001' });
    const second = await sell(
      member,
      [coffee('1'), { sku: 'CAKE', quantity: '1', unitPrice: 420 }],
      [{ reward: 'free-coffee' }],
    );
    expect(second).toMatchObject({
      due: 420,
      discount: 350,
      spent: [{ wallet: 'points', amount: 50 }],
      earned: [{ wallet: 'points', amount: 4 }],
    });
    const shown = await till.ask('member.identify', { card: CARD });
    expect(shown).toMatchObject({ displayName: 'Juniper', visits: 2, waitingEntries: 3, asOf: null });
    expect(shown.balances).toEqual([
      { wallet: 'points', name: 'points', kind: 'points', balance: 14, spendable: 14, offline: 14 },
    ]);
  });

  it('promises in a quote what the commit then does', async () => {
    till = await openTestTill();
    const member = await enrolled();
    await sell(member, [beans]);
    const basket = { member, lines: [coffee('2')], redeem: [{ reward: 'free-coffee' }] };
    const { rewards: _choices, ...quote } = await till.ask('sale.quote', basket);
    const sale = await till.ask('sale.commit', {
      ...basket,
      command: newCommand(),
      reference: null,
      expectedDue: quote.due,
    });
    expect(sale).toMatchObject(quote);
  });

  it('says what each reward would do, and what is missing', async () => {
    till = await openTestTill();
    const member = await enrolled();
    await sell(member, [{ ...beans, unitPrice: 1600 }]);
    const { rewards } = await till.ask('sale.quote', { member, lines: [coffee('1')], redeem: [] });
    expect(rewards[0]).toMatchObject({
      reward: 'free-coffee',
      outcome: { possible: false, code: 'insufficient-balance', missing: 34 },
    });
  });

  it('is one sale however often the command comes', async () => {
    till = await openTestTill();
    const member = await enrolled();
    const command = newCommand();
    const first = await sell(member, [beans], [], command);
    const again = await sell(member, [beans], [], command);
    expect(again).toEqual(first);
    expect((await till.ask('sale.recent', { limit: 10 })).sales).toHaveLength(1);
  });

  it('refuses another basket under the same command', async () => {
    till = await openTestTill();
    const command = newCommand();
    await sell(null, [beans], [], command);
    const other = { command, member: null, lines: [coffee('1')], redeem: [], reference: null, expectedDue: null };
    expect(await till.refusal('sale.commit', other)).toBe('command-reused');
  });

  it('sells nothing where the total is not the one that the customer saw', async () => {
    till = await openTestTill();
    const basket = {
      command: newCommand(),
      member: null,
      lines: [beans],
      redeem: [],
      reference: null,
      expectedDue: 5999,
    };
    expect(await till.refusal('sale.commit', basket)).toBe('quote-changed');
    expect((await till.ask('sale.recent', { limit: 10 })).sales).toEqual([]);
  });

  it('tells screens at once that the member changed, whoever sold or voided', async () => {
    till = await openTestTill();
    const member = await enrolled();
    const told: unknown[] = [];
    till.engine.subscribe((name, payload) => {
      if (name === 'member') told.push(payload);
    });
    const sale = await sell(member, [beans]);
    await till.ask('sale.void', { command: newCommand(), sale: sale.sale });
    await sell(null, [beans]);
    expect(told).toEqual([{ member }, { member }]);
  });

  it('knows a sale by the reference of the POS, once', async () => {
    till = await openTestTill();
    const basket = { member: null, lines: [beans], redeem: [], reference: 'POS-7', expectedDue: null };
    await till.ask('sale.commit', { ...basket, command: newCommand() });
    expect(await till.refusal('sale.commit', { ...basket, command: newCommand() })).toBe('invalid-request');
  });

  it('counts the same after the engine was closed and opened', async () => {
    till = await openTestTill();
    const member = await enrolled();
    await sell(member, [beans]);
    const before = await till.ask('member.show', { member });
    till = await till.reopen();
    expect(await till.ask('member.show', { member })).toEqual(before);
  });

  it('keeps the business date where the clock goes back, and warns', async () => {
    till = await openTestTill();
    await sell(null, [beans]);
    till.clock.set('2026-03-01T10:00:00Z');
    const sale = await sell(null, [beans]);
    expect(sale.businessDate).toBe('2026-03-02');
    const { warnings } = await till.ask('till.status', {});
    expect(warnings.map(({ code }) => code)).toContain('clock-went-back');
  });
});

describe('a void', () => {
  it('gives back what was spent and takes back what was earned', async () => {
    till = await openTestTill();
    const member = await enrolled();
    await sell(member, [beans]);
    const before = (await till.ask('member.show', { member })).balances;
    const sale = await sell(member, [coffee('2')], [{ reward: 'free-coffee' }]);
    const voided = await till.ask('sale.void', { command: newCommand(), sale: sale.sale });
    expect(voided).toMatchObject({
      money: 350,
      returned: [{ wallet: 'points', amount: 50 }],
      takenBack: [{ wallet: 'points', amount: 3 }],
      balances: before.map(({ offline: _offline, ...wallet }) => wallet),
    });
    expect((await till.ask('member.show', { member })).balances).toEqual(before);
  });

  it('is refused a second time, on another date, and for a sale that is not known', async () => {
    till = await openTestTill();
    const first = await sell(null, [beans]);
    const second = await sell(null, [beans]);
    await till.ask('sale.void', { command: newCommand(), sale: first.sale });
    expect(await till.refusal('sale.void', { command: newCommand(), sale: first.sale })).toBe('already-refunded');
    expect(await till.refusal('sale.void', { command: newCommand(), sale: 'nowhere' })).toBe('unknown-sale');
    till.clock.set('2026-03-03T10:00:00Z');
    expect(await till.refusal('sale.void', { command: newCommand(), sale: second.sale })).toBe('wrong-date');
  });

  it('goes below zero where the points were spent since, or stops at zero where the wallet forgives', async () => {
    const rewards = [{ id: 'off', cost: { wallet: 'points', amount: 50 }, give: { kind: 'amount-off', amount: 100 } }];
    for (const [negative, balance] of [
      ['allow', -50 + 29],
      ['forgive', 29 - 29],
    ] as const) {
      const wallets = [{ id: 'points', kind: 'points', negative }];
      const { BASE_PROGRAMME } = await import('../testing/test-till.ts');
      till = await openTestTill({ programme: { ...BASE_PROGRAMME, wallets, rewards } });
      const member = await enrolled();
      const earned = await sell(member, [{ ...beans, unitPrice: 5000 }]);
      await sell(member, [{ ...beans, unitPrice: 3000 }], [{ reward: 'off' }]);
      await till.ask('sale.void', { command: newCommand(), sale: earned.sale });
      const [wallet] = (await till.ask('member.show', { member })).balances;
      expect(wallet).toMatchObject({ balance, spendable: 0 });
      if (negative === 'allow') await till.close();
    }
  });
});

describe('bad input', () => {
  it('is refused with a code, writes nothing, and the engine goes on', async () => {
    till = await openTestTill();
    const commit = (lines: unknown, member: unknown = null) => ({
      command: newCommand(),
      member,
      lines,
      redeem: [],
      reference: null,
      expectedDue: null,
    });
    expect(await till.refusal('member.identify', { card: '2999999999991' })).toBe('unknown-card');
    expect(await till.refusal('member.identify', { card: '2900000000019' })).toBe('malformed-barcode');
    expect(await till.refusal('member.identify', { card: '4111111111111111' })).toBe('payment-card');
    expect(await till.refusal('sale.commit', commit([coffee('-1')]))).toBe('bad-quantity');
    expect(await till.refusal('sale.commit', commit([coffee('0')]))).toBe('bad-quantity');
    expect(await till.refusal('sale.commit', commit([{ ...coffee('1'), unitPrice: 3.5 }]))).toBe('invalid-request');
    expect(await till.refusal('sale.commit', commit([{ ...coffee('1'), unitPrice: -350 }]))).toBe('invalid-request');
    expect(await till.refusal('sale.commit', commit([]))).toBe('invalid-request');
    expect(await till.refusal('sale.commit', commit([coffee('1')], 'nobody'))).toBe('unknown-member');
    expect(await till.refusal('sale.commit', { nonsense: true })).toBe('invalid-request');
    expect(await till.refusal('no.such' as 'till.status', {})).toBe('invalid-request');
    expect((await till.ask('sale.recent', { limit: 10 })).sales).toEqual([]);
    expect(till.engine.parts.writer.last()).toBeUndefined();
    await sell(null, [beans]);
  });
});
