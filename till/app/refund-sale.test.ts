import { afterEach, describe, expect, it } from 'vitest';
import { newCommand, type TestTill } from '../testing/test-till.ts';
import { testTills } from '../testing/tills.ts';
import { basket, bringMember, bringSale, enrol, pointsOf, sell } from '../testing/whole-programme.ts';

const { open, close } = testTills();
afterEach(close);

const refund = (till: TestTill, sale: string, what: object = { all: true }) =>
  till.ask('sale.refund', { command: newCommand(), sale, what: what as { all: true } });

describe('a refund', () => {
  it('takes back line by line what a line earned, and the last one takes the rest', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    const lines = [{ sku: 'BEANS', quantity: '3', unitPrice: 333 }];
    const sale = await sell(till, { member, lines, redeem: [] });
    expect(sale.earned).toEqual([
      { wallet: 'points', amount: 9 },
      { wallet: 'cash', amount: 9 },
    ]);
    const first = await refund(till, sale.receipt, { lines: [{ line: 0, quantity: '1' }] });
    expect(first).toMatchObject({
      money: 333,
      takenBack: [
        { wallet: 'points', amount: 3 },
        { wallet: 'cash', amount: 3 },
      ],
      whole: false,
      receipt: `${sale.receipt}-R1`,
      tierAfter: { level: 'silver', end: null },
    });
    const rest = await refund(till, sale.sale);
    expect(rest).toMatchObject({ money: 666, whole: true, receipt: `${sale.receipt}-R2` });
    expect(await till.refusal('sale.refund', { command: newCommand(), sale: sale.sale, what: { all: true } })).toBe(
      'already-refunded',
    );
    expect(await pointsOf(till, member)).toBe(0);
    const { visits } = await till.ask('member.show', { member });
    expect(visits).toBe(1);
    expect((await till.ask('sale.recent', { limit: 1 })).sales).toMatchObject([{ refunded: 'whole', voided: false }]);
  });

  it('gives back what was spent, and leaves the member as before a sale that comes back whole', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    await sell(till, basket(6000, { member }));
    const before = (await till.ask('member.show', { member })).balances;
    const coffee = { sku: 'COFFEE', name: 'Coffee', quantity: '2', unitPrice: 350 };
    const sale = await sell(till, { member, lines: [coffee], redeem: [{ reward: 'free-coffee' }] });
    expect(sale.gifts).toEqual([{ reason: 'badge', badge: 'regular', wallet: 'points', amount: 25 }]);
    const back = await refund(till, sale.sale);
    expect(back).toMatchObject({
      money: 350,
      returned: [{ wallet: 'points', amount: 50 }],
      gifts: [],
      balances: before.map(({ offline: _offline, ...wallet }) =>
        wallet.wallet === 'points' ? { ...wallet, balance: 85, spendable: 85 } : wallet,
      ),
    });
  });

  it('takes a badge back with a void, which leaves no visit', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    await sell(till, basket(6000, { member }));
    const sale = await sell(till, basket(100, { member }));
    const voided = await till.ask('sale.void', { command: newCommand(), sale: sale.sale });
    expect(voided.gifts).toEqual([{ reason: 'badge', badge: 'regular', wallet: 'points', amount: 25 }]);
    expect(await till.ask('member.show', { member })).toMatchObject({ visits: 1, badges: [{ held: 0, count: 1 }] });
    expect(await pointsOf(till, member)).toBe(60);
  });

  it('never takes more than there is where the wallet forgives', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    const manager = { actor: { operator: 'boss', role: 'manager' }, approver: null } as never; // an operator of the test
    const sale = await sell(till, basket(10_000, { member }));
    till.clock.set('2026-03-10T10:00:00Z');
    await till.ask(
      'member.adjust',
      { command: newCommand(), member, wallet: 'cash', amount: -60, reason: 'test' },
      manager,
    );
    const back = await refund(till, sale.sale);
    expect(back.takenBack).toEqual([
      { wallet: 'points', amount: 100 },
      { wallet: 'cash', amount: 40 },
    ]);
    expect(back.balances).toMatchObject([{ balance: 0 }, { balance: 0 }]);
  });

  it('lets the level fall that the sale had reached', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    const sale = await sell(till, basket(50_000, { member }));
    expect(sale.tierAfter).toEqual({ level: 'gold', end: '2027-03-02' });
    expect((await sell(till, basket(1000, { member }))).earned[0]).toEqual({ wallet: 'points', amount: 20 });
    expect((await refund(till, sale.sale)).tierAfter).toEqual({ level: 'silver', end: null });
  });

  it('is refused in the order of the fine print, and a refusal writes nothing', async () => {
    const till = await open();
    const sale = await sell(till, basket(1000));
    const refused = (what: unknown, name = sale.sale as string) =>
      till.refusal('sale.refund', { command: newCommand(), sale: name, what });
    const written = till.engine.parts.writer.last()?.seq;
    expect(await refused({ all: true }, 'nowhere')).toBe('unknown-sale');
    expect(await refused({ lines: [{ line: 1, quantity: '1' }] })).toBe('invalid-request');
    expect(await refused({ lines: [{ line: 0, quantity: '2' }] })).toBe('bad-quantity');
    expect(await refused({ lines: [] })).toBe('invalid-request');
    expect(await refused({})).toBe('invalid-request');
    expect(till.engine.parts.writer.last()?.seq).toBe(written);
    await refund(till, sale.sale);
    expect(await refused({ lines: [{ line: 0, quantity: '9' }] })).toBe('already-refunded');
  });

  it('is one refund however often the command comes', async () => {
    const till = await open();
    const sale = await sell(till, basket(1000));
    const command = newCommand();
    const asked = { command, sale: sale.receipt, what: { lines: [{ line: 0, quantity: '0.5' }] } };
    const first = await till.ask('sale.refund', asked);
    expect(await till.ask('sale.refund', asked)).toEqual(first);
    expect(await till.refusal('sale.refund', { ...asked, what: { all: true } })).toBe('command-reused');
    expect((await refund(till, sale.sale)).money).toBe(500);
  });
});

describe('a refund at another till', () => {
  it('knows the sale by its receipt, comes after it in the book, and counts on top of what others refunded', async () => {
    const [one, two] = [await open(), await open({ at: '2026-03-02T09:00:00Z' })];
    const member = await enrol(one, 1);
    const sale = await sell(one, { member, lines: [{ sku: 'BEANS', quantity: '3', unitPrice: 1000 }], redeem: [] });
    await refund(one, sale.sale, { lines: [{ line: 0, quantity: '1' }] });
    expect(await two.refusal('sale.refund', { command: newCommand(), sale: sale.receipt, what: { all: true } })).toBe(
      'unknown-sale',
    );
    bringSale(one, two, sale.sale);
    bringMember(one, two, member);
    const back = await refund(two, sale.receipt, { lines: [{ line: 0, quantity: '1' }] });
    expect(back).toMatchObject({
      money: 1000,
      takenBack: [
        { wallet: 'points', amount: 10 },
        { wallet: 'cash', amount: 10 },
      ],
      receipt: `${sale.receipt}-T1-R1`,
    });
    expect(await pointsOf(two, member)).toBe(10);
    const hlcOf = (till: TestTill) => till.engine.parts.writer.last()?.hlc ?? '';
    expect(hlcOf(two) > sale.at.toString(16).padStart(12, '0')).toBe(true);
    expect((await refund(two, sale.sale)).money).toBe(1000);
  });

  it('voids on the sale’s own date only', async () => {
    const [one, two] = [await open(), await open({ at: '2026-03-03T09:00:00Z' })];
    const sale = await sell(one, basket(1000));
    bringSale(one, two, sale.sale);
    expect(await two.refusal('sale.void', { command: newCommand(), sale: sale.sale })).toBe('wrong-date');
  });
});
