/** One person enrolled at two tills that did not know of each other, and two persons of one household (docs/conflicts.md). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemberId } from '../../base/ids.ts';
import { testServers } from '../../sync/server/testing/databases.ts';
import { newCommand } from '../../till/testing/test-till.ts';
import { openShop, PROGRAMME, type Shop, type ShopTill } from './shop.ts';

const WELCOME = {
  ...PROGRAMME,
  earn: [
    ...PROGRAMME.earn,
    { id: 'welcome', wallet: 'points', amount: { per: 'sale', give: 100 }, when: { firstSale: true } },
  ],
};

describe.each(testServers().slice(0, 1))('one person enrolled at two offline tills, on $title', (server) => {
  let shop: Shop;
  let count = 0;
  beforeAll(async () => {
    shop = await openShop(server, WELCOME);
  });
  afterAll(() => shop.close());

  type Details = { firstName?: string; phone?: string; birthday?: string; card?: string; allowSharedContact?: boolean };
  const enrol = async (till: ShopTill, details: Details): Promise<MemberId> => {
    shop.later();
    const asked = { firstName: null, phone: null, email: null, birthday: null, card: null, ...details };
    return (await till.ask('member.enrol', { command: newCommand(), ...asked })).member;
  };
  const newPhone = (): string => {
    count += 1;
    return `+4917112300${String(count).padStart(2, '0')}`;
  };
  const flagsOf = async (till: ShopTill, code: string): Promise<number> =>
    (await till.flags()).filter((flag) => flag === code).length;

  it.each([
    ['first', [0, 1]],
    ['last', [1, 0]],
  ] as const)(
    'is one member, the earlier, with one welcome bonus, whose till meets head office %s; and can be two again',
    async (_which, order) => {
      const { t1, t2, ho } = shop;
      const phone = newPhone();
      const before = await flagsOf(t2, 'merged-duplicate');
      const first = await enrol(t1, { firstName: 'Ada', phone, birthday: '1990-05-04' });
      await t1.sell(first, 1_000);
      const second = await enrol(t2, { firstName: 'Ada', phone, birthday: '05-04' });
      await t2.sell(second, 2_000);
      const tills = [t1, t2];
      await shop.meet(...order.flatMap((index) => tills[index] ?? []));
      await shop.meet();
      expect([await shop.balance(first), await shop.balance(second)]).toEqual([130, 130]);
      expect((await t2.ask('member.show', { member: second })).member).toBe(first);
      expect((await flagsOf(t2, 'merged-duplicate')) - before).toBe(1);
      // What tills may spend of it comes back first, where they hold any of it.
      const part = (): Promise<object> => ho.office.admin.unmergeMembers({ from: second, into: first });
      const atOnce = await part();
      await shop.meet();
      expect('value' in atOnce ? atOnce : await part()).toMatchObject({ ok: true });
      await shop.meet();
      expect([await shop.balance(first), await shop.balance(second)]).toEqual([110, 120]);
      await t3Sells(second);
      expect([await shop.balance(first), await shop.balance(second)]).toEqual([110, 125]);
    },
  );
  const t3Sells = async (member: MemberId): Promise<void> => {
    shop.later();
    await shop.t3.sell(member, 500);
    await shop.meet();
  };

  it('stays with the earliest of three, also where that one comes last', async () => {
    const { t1, t2, t3 } = shop;
    const phone = newPhone();
    const details = { firstName: 'Cleo', phone };
    const first = await enrol(t1, details);
    const second = await enrol(t2, details);
    const third = await enrol(t3, details);
    for (const [till, member] of [
      [t1, first],
      [t2, second],
      [t3, third],
    ] as const)
      await till.sell(member, 1_000);
    await shop.meet(t3);
    await shop.meet(t2);
    await shop.meet(t1);
    await shop.meet();
    expect(await Promise.all([first, second, third].map((member) => shop.balance(member)))).toEqual([130, 130, 130]);
    expect((await t3.ask('member.show', { member: third })).member).toBe(first);
  });

  it.each([
    ['names differ', { firstName: 'Dora' }, { firstName: 'Emil' }],
    ['birthdays differ', { firstName: 'Dora', birthday: '05-04' }, { firstName: 'Dora', birthday: '05-05' }],
    ['nothing but the phone is known', {}, { firstName: 'Emil' }],
    ['the customer said that they share it', { firstName: 'Dora' }, { firstName: 'Dora', allowSharedContact: true }],
  ])('is left to a person where %s: a household shares a phone', async (_why, left, right) => {
    const { t1, t2 } = shop;
    const phone = newPhone();
    const before = await flagsOf(t2, 'likely-duplicate');
    const first = await enrol(t1, { phone, ...left });
    const second = await enrol(t2, { phone, ...right });
    await t1.sell(first, 1_000);
    await t2.sell(second, 1_000);
    await shop.meet();
    expect([await shop.balance(first), await shop.balance(second)]).toEqual([110, 110]);
    expect((await flagsOf(t2, 'likely-duplicate')) - before).toBe(1);
  });

  it('keeps what a till sold on a card that it did not know for the member whose card it is', async () => {
    const { t1, t2 } = shop;
    const card = '2900000000018';
    const ada = await enrol(t1, { firstName: 'Ada', phone: newPhone(), card });
    const nobody = await enrol(t2, { card });
    await t2.sell(nobody, 3_000);
    await t1.sell(ada, 1_000);
    await shop.meet();
    expect([await shop.balance(ada), await shop.balance(nobody)]).toEqual([140, 140]);
    expect((await t2.ask('member.identify', { card })).member).toBe(ada);
  });

  it('keeps it too where the card found its member later', async () => {
    const { t1, t2 } = shop;
    const card = '2900000000025';
    const nobody = await enrol(t2, { card });
    await t2.sell(nobody, 3_000);
    const bob = await enrol(t1, { firstName: 'Bob', phone: newPhone() });
    shop.later();
    await t1.ask('member.card', { command: newCommand(), member: bob, card, action: 'link' });
    await shop.meet();
    expect([await shop.balance(bob), await shop.balance(nobody)]).toEqual([130, 130]);
    expect((await t2.ask('member.identify', { card })).member).toBe(bob);
  });
});
