/** One sale without a card, and two customers who say that it was theirs (docs/conflicts.md). */
import { afterAll, beforeAll, expect, it, describe } from 'vitest';
import { newCommand } from '../../till/testing/test-till.ts';
import { testServers } from '../../sync/server/testing/databases.ts';
import { openShop, type Shop } from './shop.ts';

describe.each(testServers().slice(0, 1))('a sale without a card, on $title', (server) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(server);
  });
  afterAll(() => shop.close());

  it.each([
    ['first', [1, 2]],
    ['last', [2, 1]],
  ] as const)(
    'that two offline tills gave to two members stays with the first, whose till meets head office %s',
    async (_which, order) => {
      const { t1, t2, t3 } = shop;
      const [ada, bob] = [await shop.member(), await shop.member()];
      const sold = await t3.sell(null, 5_000);
      await shop.meet();
      shop.later();
      expect((await t1.ask('sale.attach', { command: newCommand(), sale: sold.sale, member: ada })).earned).toEqual([
        { wallet: 'points', amount: 50 },
      ]);
      shop.later();
      await t2.ask('sale.attach', { command: newCommand(), sale: sold.sale, member: bob });
      const tills = order.map((number) => (number === 1 ? t1 : t2));
      await shop.meet(...tills);
      await shop.meet();
      expect([await shop.balance(ada), await shop.balance(bob)]).toEqual([50, 0]);
      expect((await shop.ho.office.admin.memberView(bob))?.tier).toBe(null);
      expect([await t1.flags(), (await t2.flags()).filter((code) => code === 'attached-twice').length > 0]).toEqual([
        [],
        true,
      ]);
    },
  );
});
