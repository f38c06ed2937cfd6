import { afterEach, describe, expect, it } from 'vitest';
import { newCommand } from '../testing/test-till.ts';
import { testTills } from '../testing/tills.ts';
import { basket, enrol, sell } from '../testing/whole-programme.ts';

const { open, close } = testTills();
afterEach(close);

describe('the explanation', () => {
  it('of a member names each lot with the sale that gave it, and the way to the level', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    const sale = await sell(till, basket(6000, { member }));
    const gift = await sell(till, basket(1000, { member }));
    expect(await till.ask('member.explain', { member })).toMatchObject({
      businessDate: '2026-03-02',
      wallets: [
        {
          wallet: 'points',
          balance: 95,
          below: 0,
          lots: [
            { sale: sale.sale, receipt: 'T1-000001', amount: 60, end: '2027-03-02', state: 'spendable' },
            { sale: gift.sale, receipt: 'T1-000002', amount: 10 },
            { sale: null, receipt: null, amount: 25 },
          ],
        },
        { wallet: 'cash', balance: 70, spendable: 0, lots: [{ from: '2026-03-09', state: 'pending' }, {}] },
      ],
      tier: {
        level: 'silver',
        measured: 7000,
        counted: [{ date: '2026-03-02', amount: 7000 }],
        next: { level: 'gold', missing: 43_000 },
      },
      badges: [{ badge: 'regular', held: 1, missing: null }],
    });
    expect(await till.refusal('member.explain', { member: 'nobody' })).toBe('unknown-member');
  });

  it('of a sale goes rule by rule, with what refunds have undone', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    const lines = [{ sku: 'BEANS', quantity: '3', unitPrice: 1000 }];
    const sale = await sell(till, { member, lines, redeem: [] });
    await till.ask('sale.refund', {
      command: newCommand(),
      sale: sale.sale,
      what: { lines: [{ line: 0, quantity: '1' }] },
    });
    const explained = await till.ask('sale.explain', { sale: sale.receipt });
    expect(explained).toMatchObject({
      sale: { sale: sale.sale, refunded: 'part' },
      level: 'silver',
      earned: [
        { rule: 'base', amount: 30, lost: 10 },
        { rule: 'back', amount: 30, lost: 10 },
      ],
      lines: [{ line: 0, returned: '1', left: '2', moneyBack: 1000 }],
    });
    expect(explained.rules.map(({ rule, held }) => [rule, held])).toEqual([
      ['base', true],
      ['gold', false],
      ['club', false],
      ['back', true],
    ]);
    expect((await till.ask('sale.ofMember', { member, limit: 5 })).sales).toMatchObject([{ sale: sale.sale }]);
    expect(await till.refusal('sale.explain', { sale: 'nowhere' })).toBe('unknown-sale');
  });
});
