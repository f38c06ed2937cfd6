import { afterEach, describe, expect, it } from 'vitest';
import { newCommand, type TestTill } from '../testing/test-till.ts';
import { testTills } from '../testing/tills.ts';
import {
  basket,
  bringMember,
  bringSale,
  cardNumber,
  enrol,
  pointsOf,
  sell,
  WHOLE_PROGRAMME,
} from '../testing/whole-programme.ts';

const AUTOMATIC = { programme: { ...WHOLE_PROGRAMME, enrolment: 'automatic' } };

const { open, close } = testTills();
afterEach(close);

const claim = (till: TestTill, code: string | null, who: object) =>
  till.ask('sale.claim', { command: newCommand(), code: code ?? '', ...who });

describe('a sale without a card under automatic enrolment', () => {
  it('earns on an account that nobody has claimed, and prints its code once', async () => {
    const till = await open(AUTOMATIC);
    const sale = await sell(till, basket(2000));
    expect(sale).toMatchObject({
      member: null,
      earned: [
        { wallet: 'points', amount: 20 },
        { wallet: 'cash', amount: 20 },
      ],
      gifts: [],
      claimable: true,
    });
    expect(sale.claimCode).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{4}$/);
    expect(sale.balanceAfter[0]).toMatchObject({ wallet: 'points', balance: 20 });
    const { elements } = await till.ask('receipt.show', { sale: sale.sale });
    expect(JSON.stringify(elements)).toContain(sale.claimCode);
    const entry = till.engine.parts.store.entries.at(till.engine.parts.stream()?.inc ?? ('' as never), 1);
    expect(entry?.bytes.toString('utf8')).not.toContain(sale.claimCode);
    expect((await till.ask('sale.recent', { limit: 1 })).sales).toMatchObject([{ member: null }]);
    expect((await till.ask('member.find', { text: 'Member' })).members).toEqual([]);
  });

  it('takes no rewards, and none at all without automatic enrolment', async () => {
    const till = await open(AUTOMATIC);
    expect(await till.refusal('sale.quote', basket(2000, { redeem: [{ reward: 'free-coffee' }] }))).toBe(
      'not-eligible',
    );
    const other = await open();
    expect(await sell(other, basket(2000))).toMatchObject({ earned: [], claimCode: null, claimable: false });
  });
});

describe('a claim', () => {
  it('brings the points, the sale and the level, however the code was typed', async () => {
    const till = await open(AUTOMATIC);
    const member = await enrol(till, 1);
    const sale = await sell(till, basket(50_000));
    const code = sale.claimCode?.toLowerCase().replaceAll('-', ' ') ?? '';
    const view = await claim(till, code, { card: cardNumber(1) });
    expect(view).toMatchObject({ member, visits: 1, tier: { level: 'gold', end: '2027-03-02' } });
    expect(await pointsOf(till, member)).toBe(500);
    expect((await till.ask('sale.recent', { limit: 1 })).sales).toMatchObject([{ member, memberName: 'Member 1' }]);
    expect(await till.ask('member.show', { member: sale.unclaimed ?? member })).toMatchObject({ member });
    const again = { command: newCommand(), code: sale.claimCode, member };
    expect(await till.refusal('sale.claim', again)).toBe('invalid-request');
    const back = await till.ask('sale.refund', { command: newCommand(), sale: sale.sale, what: { all: true } });
    expect(back).toMatchObject({
      member,
      takenBack: [{ amount: 500 }, { amount: 500 }],
      tierAfter: { level: 'silver' },
    });
    expect(await pointsOf(till, member)).toBe(0);
  });

  it('works at another till of the store', async () => {
    const [one, two] = [await open(AUTOMATIC), await open(AUTOMATIC)];
    const sale = await sell(one, basket(2000));
    const member = await enrol(two, 1);
    const asked = { command: newCommand(), code: sale.claimCode ?? '', member };
    expect(await two.refusal('sale.claim', asked)).toBe('unknown-sale');
    bringSale(one, two, sale.sale);
    bringMember(one, two, sale.unclaimed ?? member);
    await two.ask('sale.claim', asked);
    expect(await pointsOf(two, member)).toBe(20);
  });

  it('is refused in the order of the fine print', async () => {
    const till = await open(AUTOMATIC);
    const member = await enrol(till, 1);
    const own = await sell(till, basket(2000, { member }));
    const sale = await sell(till, basket(2000));
    const refused = (more: object) =>
      till.refusal('sale.claim', { command: newCommand(), code: sale.claimCode, member, ...more });
    expect(await refused({ code: 'NOSUCHCODE', member: 'nobody' })).toBe('unknown-sale');
    expect(await refused({ member: 'nobody' })).toBe('unknown-member');
    expect(await refused({ member: null, card: cardNumber(9) })).toBe('unknown-card');
    expect(await refused({ sale: own.sale })).toBe('invalid-request');
    expect(await refused({ sale: sale.sale, code: 'WRONG' })).toBe('invalid-request');
    await till.ask('sale.refund', { command: newCommand(), sale: sale.sale, what: { all: true } });
    expect(await refused({})).toBe('already-refunded');
  });
});

describe('a card that comes after the sale', () => {
  it('earns what the sale would have earned, gifts and level included, and drops the unclaimed account', async () => {
    const till = await open(AUTOMATIC);
    const member = await enrol(till, 1);
    await sell(till, basket(1000, { member }));
    const sale = await sell(till, basket(50_000));
    const attached = await till.ask('sale.attach', { command: newCommand(), sale: sale.receipt, card: cardNumber(1) });
    expect(attached).toMatchObject({
      member,
      earned: [
        { wallet: 'points', amount: 500 },
        { wallet: 'cash', amount: 500 },
      ],
      gifts: [{ reason: 'badge', badge: 'regular', wallet: 'points', amount: 25 }],
      tierAfter: { level: 'gold', end: '2027-03-02' },
    });
    expect(await pointsOf(till, member)).toBe(535);
    const { stateOf } = till.engine.parts.members;
    expect(stateOf(sale.unclaimed ?? member).wallets).toEqual({});
    expect(await till.refusal('sale.claim', { command: newCommand(), code: sale.claimCode, member })).toBe(
      'invalid-request',
    );
    const back = await till.ask('sale.refund', { command: newCommand(), sale: sale.sale, what: { all: true } });
    expect(back.takenBack[0]).toEqual({ wallet: 'points', amount: 500 });
  });

  it('earns on what is left, and loses the rest with a refund at the line’s own place', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    const lines = [
      { sku: 'BEANS', quantity: '1', unitPrice: 1000 },
      { sku: 'CAKE', quantity: '2', unitPrice: 500 },
    ];
    const sale = await sell(till, { member: null, lines, redeem: [] });
    const refund = (line: number) =>
      till.ask('sale.refund', {
        command: newCommand(),
        sale: sale.sale,
        what: { lines: [{ line, quantity: '1' }] },
      });
    await refund(0);
    const attached = await till.ask('sale.attach', { command: newCommand(), sale: sale.sale, member });
    expect(attached.earned[0]).toEqual({ wallet: 'points', amount: 10 });
    expect((await refund(1)).takenBack[0]).toEqual({ wallet: 'points', amount: 5 });
    expect(await pointsOf(till, member)).toBe(5);
  });

  it('is refused in the order of the fine print', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    const own = await sell(till, basket(1000, { member }));
    const sale = await sell(till, basket(1000));
    const refused = (more: object) =>
      till.refusal('sale.attach', { command: newCommand(), sale: sale.sale, member, ...more });
    expect(await refused({ sale: 'nowhere', member: 'nobody' })).toBe('unknown-sale');
    expect(await refused({ member: 'nobody' })).toBe('unknown-member');
    expect(await refused({ member: null })).toBe('invalid-request');
    till.clock.set('2026-03-03T10:00:00Z');
    expect(await refused({ sale: own.sale })).toBe('invalid-request');
    await till.ask('sale.refund', { command: newCommand(), sale: sale.sale, what: { all: true } });
    expect(await refused({})).toBe('wrong-date');
    const today = await sell(till, basket(1000));
    await till.ask('sale.void', { command: newCommand(), sale: today.sale });
    expect(await refused({ sale: today.sale })).toBe('already-refunded');
  });
});
