/** What a member can have once, and what came too late to count where it was due (docs/conflicts.md). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId } from '../../base/ids.ts';
import { testServers } from '../../sync/server/testing/databases.ts';
import { newCommand } from '../../till/testing/test-till.ts';
import { openShop, PROGRAMME, type Shop } from './shop.ts';

const RICH = {
  ...PROGRAMME,
  tiers: {
    measure: 'earned',
    wallet: 'points',
    window: 'lifetime',
    levels: [
      { id: 'blue', at: 0 },
      { id: 'gold', at: 100 },
    ],
  },
  badges: [{ id: 'big', when: { count: { of: 'spend', at: 5_000 } }, give: { wallet: 'points', amount: 50 } }],
  referral: {
    referrer: { wallet: 'points', amount: 30 },
    referee: { wallet: 'points', amount: 20 },
    minSpend: 1_000,
  },
  rewards: [
    ...PROGRAMME.rewards,
    {
      id: 'gold-discount',
      cost: null,
      give: { kind: 'percent-off', percent: '10' },
      when: { tier: ['gold'] },
      auto: true,
    },
    { id: 'gift', cost: null, give: { kind: 'amount-off', amount: 100 }, limit: { times: 1, per: 'ever' } },
  ],
};

describe.each(testServers().slice(0, 1))('two tills without a line, on $title', (server) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(server, RICH);
  });
  afterAll(() => shop.close());

  const inTwoOrders = [
    ['first', [0, 1]],
    ['last', [1, 0]],
  ] as const;
  const meetIn = async (order: readonly number[]): Promise<void> => {
    await shop.meet(...order.flatMap((index) => [shop.t1, shop.t2][index] ?? []));
    await shop.meet();
  };
  const tier = async (member: MemberId): Promise<readonly unknown[]> => [
    (await shop.ho.office.admin.memberView(member, '2026-03-02' as BusinessDate))?.tier,
    ...(await Promise.all(
      [shop.t1, shop.t2].map(async (till) => (await till.ask('member.show', { member })).tier?.level),
    )),
  ];

  it.each(inTwoOrders)('both give a badge: the first stands, whose till meets head office %s', async (_w, order) => {
    const { t1, t2 } = shop;
    const ada = await shop.member();
    expect((await t1.sell(ada, 5_000)).gifts).toMatchObject([{ badge: 'big', amount: 50 }]);
    shop.later();
    expect((await t2.sell(ada, 5_000)).gifts).toMatchObject([{ badge: 'big', amount: 50 }]);
    await meetIn(order);
    expect(await shop.balance(ada)).toBe(150);
    expect(await t2.flags()).toContain('given-twice');
    expect(await t1.flags()).not.toContain('given-twice');
  });

  it.each(inTwoOrders)(
    'both give it and spend all that they may: a gift is not spent before head office grants it, whose till meets head office %s',
    async (_w, order) => {
      const { t1, t2 } = shop;
      const ada = await shop.member();
      await t1.sell(ada, 5_000);
      shop.later();
      await t2.sell(ada, 5_000);
      shop.later();
      const lines = [{ sku: 'TEA', quantity: '1', unitPrice: 1_000 }];
      const all = { member: ada, lines, redeem: [{ reward: 'pay', points: 100 }], reference: null, expectedDue: null };
      expect(await t1.refusal('sale.commit', { command: newCommand(), ...all })).toBe('offline-limit');
      for (const till of [t1, t2]) await till.sell(ada, 1_000, { redeem: [{ reward: 'pay', points: 50 }] });
      await meetIn(order);
      expect(await shop.balance(ada)).toBe(50 + 50 + 50 + 9 + 9 - 100);
    },
  );

  it.each(inTwoOrders)('both pay a referral: it is paid once, whose till meets head office %s', async (_w, order) => {
    const { t1, t2, t3 } = shop;
    const ada = await shop.member();
    const details = { firstName: null, phone: null, email: null, birthday: null, card: null };
    const asked = { command: newCommand(), ...details, referredBy: { member: ada } };
    const bob = (await t3.ask('member.enrol', asked)).member;
    await shop.meet();
    shop.later();
    await t1.sell(bob, 1_000);
    shop.later();
    await t2.sell(bob, 1_000);
    await meetIn(order);
    expect([await shop.balance(bob), await shop.balance(ada)]).toEqual([10 + 20 + 10, 30]);
  });

  it.each(inTwoOrders)(
    'both give a reward that is had once: both were handed out, the second is shown, whose till meets head office %s',
    async (_w, order) => {
      const { t1, t2 } = shop;
      const ada = await shop.member();
      const gift = { redeem: [{ reward: 'gift' }] };
      const before = (await t2.flags()).filter((code) => code === 'limit-passed').length;
      expect((await t1.sell(ada, 500, gift)).due).toBe(400);
      shop.later();
      expect((await t2.sell(ada, 500, gift)).due).toBe(400);
      await meetIn(order);
      expect((await t2.flags()).filter((code) => code === 'limit-passed').length).toBe(before + 1);
      expect(await t1.flags()).not.toContain('limit-passed');
      const again = { command: newCommand(), member: ada, ...gift, reference: null, expectedDue: null };
      const lines = [{ sku: 'TEA', quantity: '1', unitPrice: 500 }];
      expect(await t1.refusal('sale.commit', { ...again, lines })).toBe('limit-reached');
    },
  );

  it.each(inTwoOrders)(
    'a level that another till’s sales reached is held from then on; what was given stays, whose till meets head office %s',
    async (_w, order) => {
      const { t1, t2 } = shop;
      const ada = await shop.member();
      await t1.sell(ada, 4_000);
      shop.later();
      await t2.sell(ada, 4_000);
      shop.later();
      const blue = await t1.sell(ada, 4_000); // gold by all sales together, and this till cannot know
      expect([blue.due, blue.tierAfter?.level]).toEqual([4_000, 'blue']);
      await meetIn(order);
      expect(await tier(ada)).toEqual(['gold', 'gold', 'gold']);
      expect((await t1.sell(ada, 1_000)).due).toBe(900);
      const refunded = { command: newCommand(), sale: blue.sale, what: { all: true as const } };
      shop.later();
      expect((await t2.ask('sale.refund', refunded)).money).toBe(4_000);
      await shop.meet();
      expect((await tier(ada))[0]).toBe('blue'); // what the discount took off stays off
    },
  );

  it('an entry keeps who did it and who approved, for the day on which one of them is not trusted any more', async () => {
    const { t1, ho } = shop;
    const ada = await shop.member();
    const caller = {
      actor: { operator: 'otto' as never, role: 'cashier' as const }, // a name of the tests
      approver: { operator: 'mia' as never, role: 'manager' as const }, // likewise
    };
    const lines = [{ sku: 'TEA', quantity: '1', unitPrice: 500 }];
    await t1.ask(
      'sale.commit',
      { command: newCommand(), member: ada, lines, redeem: [], reference: null, expectedDue: null },
      caller,
    );
    await shop.meet();
    const [row] = await ho.database<{ text: string }[]>`
      select text from entry where member = ${ada} and kind = 'sale'`;
    expect(JSON.parse(row?.text ?? '{}')).toMatchObject({ actor: caller.actor, approver: caller.approver });
  });
});
