/** Goods that come back where not all is known of their sale (docs/conflicts.md). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemberId, SaleId } from '../../base/ids.ts';
import { testServers } from '../../sync/server/testing/databases.ts';
import { batchOf, POINTS, record, recordSale, saleBody } from '../../sync/server/testing/test-till.ts';
import { flagsOf } from '../../sync/server/store/flags.ts';
import { minor, points } from '../../base/numbers.ts';
import { newCommand } from '../../till/testing/test-till.ts';
import { openShop, type Shop } from './shop.ts';

describe.each(testServers().slice(0, 1))('goods that come back, on $title', (server) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(server);
  });
  afterAll(() => shop.close());

  it('take back points that were spent: the balance goes below zero, and the next sale repays it', async () => {
    const { t1 } = shop;
    const ada = await shop.member();
    const big = await t1.sell(ada, 10_000);
    shop.later();
    await t1.sell(ada, 100, { redeem: [{ reward: 'pay', points: 90 }] });
    shop.later();
    await t1.ask('sale.refund', { command: newCommand(), sale: big.sale, what: { all: true } });
    await shop.meet();
    expect(await shop.balance(ada)).toBe(-90);
    await t1.sell(ada, 10_000);
    await shop.meet();
    expect(await shop.balance(ada)).toBe(10);
  });

  it.each([
    ['first', [0, 1]],
    ['last', [1, 0]],
  ] as const)('at two stores at once count once, whose till meets head office %s', async (_w, order) => {
    const { t1, t2, t3 } = shop;
    const ada = await shop.member();
    const lines = [{ sku: 'TEA', quantity: '3', unitPrice: 2_000 }];
    const sold = await t3.sell(ada, 0, { lines });
    await shop.meet();
    const two = { lines: [{ line: 0, quantity: '2' }] };
    shop.later();
    const first = await t1.ask('sale.refund', { command: newCommand(), sale: sold.sale, what: two });
    shop.later();
    const second = await t2.ask('sale.refund', { command: newCommand(), sale: sold.sale, what: two });
    expect([first.money, second.money, first.takenBack, second.takenBack]).toEqual([
      4_000,
      4_000,
      [{ wallet: 'points', amount: 40 }],
      [{ wallet: 'points', amount: 40 }],
    ]);
    const before = await t2.flags();
    await shop.meet(...order.flatMap((index) => [t1, t2][index] ?? []));
    await shop.meet();
    expect(await shop.balance(ada)).toBe(0);
    expect((await t2.flags()).filter((code) => code === 'refunded-beyond-sale').length).toBe(
      before.filter((code) => code === 'refunded-beyond-sale').length + 1,
    );
    const again = { command: newCommand(), sale: sold.sale, what: two };
    expect(await t3.refusal('sale.refund', again)).toBe('already-refunded');
  });

  it('wait for a sale that has not come: nothing is taken or given until it has, in whatever order', async () => {
    const { ho } = shop;
    const [one, two] = [await ho.enrolTill('wire-1'), await ho.enrolTill('wire-2')];
    const ada = await shop.member();
    const push = async (till: typeof one): Promise<void> => {
      expect(await ho.push(till, batchOf(till))).toMatchObject({ status: 200 });
      await ho.office.admin.foldToEnd();
    };
    const at = ho.clock.now;
    recordSale(one, at, ada, 30);
    const sale = `s-${at}-0` as SaleId; // as the test till names it
    const lines = [{ line: 0, quantity: '1', freeUnits: 0, money: minor(350) }];
    const lost = [{ earning: 0, rule: 'r1', wallet: POINTS, amount: points(30) }];
    const takenBack = [{ wallet: POINTS, amount: points(30) }];
    const rest = { money: minor(350), returned: [], gifts: [], whole: true };
    recordSale(two, at + 500, ada, 7);
    record(two, { at: at + 1_000, kind: 'refund', member: ada, body: { sale, lines, lost, takenBack, ...rest } });
    await push(two);
    const codes = async () => (await flagsOf(ho.database, two.identity.inc)).map(({ code }) => code);
    expect([await pointsOf(ada), await codes()]).toEqual([7, ['pending-ref', 'other-postings'].toSorted()]);
    await push(one);
    expect([await pointsOf(ada), await codes()]).toEqual([7, ['other-postings']]);
    const bob = await shop.member();
    recordSale(one, at + 2_000, null, 0);
    const { lines: sold, context, due, channel, minute, ...body } = saleBody(`s-${at + 2_000}-1`, 20);
    const late = { sale: body.sale, lines: sold, context, due, channel, minute, earned: body.earned };
    const attach = { ...late, store: two.identity.store.id, gifts: [], dropped: null };
    record(two, { at: at + 3_000, kind: 'attach', member: bob, body: attach });
    await push(two);
    expect(await pointsOf(bob)).toBe(0);
    await push(one);
    expect(await pointsOf(bob)).toBe(20);
  });
  const pointsOf = async (member: MemberId): Promise<number> =>
    (await shop.ho.office.admin.memberView(member))?.balances[POINTS] ?? 0;
});
