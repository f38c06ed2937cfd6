/** The same points at two tills (docs/conflicts.md). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServers } from '../../sync/server/testing/databases.ts';
import { newCommand } from '../../till/testing/test-till.ts';
import { openShop, PROGRAMME, type Shop } from './shop.ts';

const LINES = [{ sku: 'TEA', quantity: '1', unitPrice: 500 }];
const pay = (units: number) => ({ redeem: [{ reward: 'pay', points: units }] });
const rest = { lines: LINES, reference: null, expectedDue: null };
const withLimits = (offlineRedeem: object) => ({ ...PROGRAMME, limits: { offlineRedeem } });

describe.each(testServers().slice(0, 1))('the same points at two tills, on $title', (server) => {
  describe('under the strict policy', () => {
    let shop: Shop;
    beforeAll(async () => {
      shop = await openShop(server, withLimits({ policy: 'strict', days: 30 }));
    });
    afterAll(() => shop.close());

    it('are spent at the one that holds them, and refused at every other', async () => {
      const { t1, t2, t3 } = shop;
      const ada = await shop.member();
      await t1.sell(ada, 5_000);
      await shop.meet();
      const asked = { command: newCommand(), member: ada, ...rest, ...pay(50) };
      for (const till of [t2, t3]) expect(await till.refusal('sale.commit', asked)).toBe('offline-limit');
      expect((await t1.sell(ada, 500, pay(50))).due).toBe(450);
      expect(await t1.refusal('sale.commit', asked)).toBe('insufficient-balance');
      await shop.meet();
      expect(await shop.balance(ada)).toBe(4);
    });

    it('are not spent at a till that has not heard from head office for too long: it earns only', async () => {
      const { t1, ho } = shop;
      const ada = await shop.member();
      await t1.sell(ada, 5_000);
      const asked = { command: newCommand(), member: ada, ...rest, ...pay(50) };
      const before = ho.clock.now;
      ho.clock.now += 31 * 86_400_000;
      expect(await t1.refusal('sale.commit', asked)).toBe('offline-limit');
      expect((await t1.sell(ada, 1_000)).earned).toEqual([{ wallet: 'points', amount: 10 }]);
      await shop.meet();
      expect((await t1.sell(ada, 500, pay(50))).due).toBe(450);
      await shop.meet();
      expect(ho.clock.now).toBeGreaterThan(before);
    });
  });

  describe('under the tolerant policy', () => {
    let shop: Shop;
    beforeAll(async () => {
      shop = await openShop(server, withLimits({ policy: 'tolerant', perMember: 100, perTill: 200 }));
    });
    afterAll(() => shop.close());

    it('are spent twice with a manager’s approval, within the limit: the member owes the difference', async () => {
      const { t1, t2 } = shop;
      const ada = await shop.member();
      await t1.sell(ada, 5_000);
      await shop.meet();
      const manager = {
        actor: { operator: 'otto' as never, role: 'cashier' as const }, // a name of the tests
        approver: { operator: 'mia' as never, role: 'manager' as const }, // likewise
      };
      const asked = { member: ada, ...rest, ...pay(50) };
      shop.later();
      await t1.ask('sale.commit', { command: newCommand(), ...asked });
      expect(await t2.refusal('sale.commit', { command: newCommand(), ...asked })).toBe('approval-required');
      expect((await t2.ask('sale.commit', { command: newCommand(), ...asked }, manager)).due).toBe(450);
      await shop.meet();
      expect(await shop.balance(ada)).toBe(50 - 50 - 50 + 4 + 4);
      await t1.sell(ada, 10_000);
      await shop.meet();
      expect(await shop.balance(ada)).toBe(58);
    });
  });
});
