/** The same receipt entered at two tills, and cards that were blocked, replaced or given to somebody else meanwhile (docs/conflicts.md). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServers } from '../../sync/server/testing/databases.ts';
import { newCommand } from '../../till/testing/test-till.ts';
import { openShop, type Shop } from './shop.ts';

describe.each(testServers().slice(0, 1))('two tills without a line, on $title', (server) => {
  let shop: Shop;
  let count = 0;
  beforeAll(async () => {
    shop = await openShop(server);
  });
  afterAll(() => shop.close());

  const receipt = (): { reference: string; register: string } => {
    count += 1;
    return { reference: `POS-${count}`, register: '7' };
  };
  const inTwoOrders = [
    ['first', [0, 1]],
    ['last', [1, 0]],
  ] as const;

  it.each(inTwoOrders)(
    'let a receipt that both entered earn once, whose till meets head office %s',
    async (_w, order) => {
      const { t1, t3 } = shop;
      const [ada, bob] = [await shop.member(), await shop.member()];
      const same = receipt();
      await t1.sell(ada, 4_000, same);
      shop.later();
      await t3.sell(bob, 4_000, same);
      const before = await t3.flags();
      await shop.meet(...order.flatMap((index) => [t1, t3][index] ?? []));
      await shop.meet();
      expect([await shop.balance(ada), await shop.balance(bob)]).toEqual([40, 0]);
      expect((await t3.flags()).length - before.length).toBe(1);
    },
  );

  it('let it earn at the second where the first voided what it had entered', async () => {
    const { t1, t3 } = shop;
    const [ada, bob] = [await shop.member(), await shop.member()];
    const same = receipt();
    const wrong = await t1.sell(ada, 4_000, same);
    shop.later();
    await t3.sell(bob, 4_000, same);
    await shop.meet();
    expect([await shop.balance(ada), await shop.balance(bob)]).toEqual([40, 0]);
    await t1.ask('sale.void', { command: newCommand(), sale: wrong.sale });
    await shop.meet();
    expect([await shop.balance(ada), await shop.balance(bob)]).toEqual([0, 40]);
  });

  it('know two receipts by their register, their store and their date', async () => {
    const { t1, t2, t3 } = shop;
    const ada = await shop.member();
    const { reference, register } = receipt();
    await t1.sell(ada, 1_000, { reference, register });
    await t2.sell(ada, 1_000, { reference, register }); // in another store
    await t3.sell(ada, 1_000, { reference, register: '8' });
    await shop.meet();
    expect(await shop.balance(ada)).toBe(30);
  });

  it.each(inTwoOrders)(
    'hold back what a blocked card earned where nobody had heard of it, whose till meets head office %s',
    async (_w, order) => {
      const { t1, t2 } = shop;
      count += 1;
      const card = cardNumber(count);
      const ada = await shop.member([card]);
      await t2.sell(null, 1_000, { card });
      shop.later();
      await t1.ask('member.card', { command: newCommand(), member: ada, card, action: 'block' });
      expect(await t1.refusal('sale.commit', { ...basket, command: newCommand(), member: null, card })).toBe(
        'card-blocked',
      );
      shop.later();
      await t2.sell(null, 2_000, { card });
      await t2.sell(ada, 3_000); // found by name
      const before = (await t2.flags()).filter((code) => code === 'blocked-card').length;
      await shop.meet(...order.flatMap((index) => [t1, t2][index] ?? []));
      await shop.meet();
      expect(await shop.balance(ada)).toBe(40);
      expect((await t2.flags()).filter((code) => code === 'blocked-card').length).toBe(before + 1);
      expect(await t2.refusal('sale.commit', { ...basket, command: newCommand(), member: null, card })).toBe(
        'card-blocked',
      );
    },
  );
  const basket = {
    lines: [{ sku: 'TEA', quantity: '1', unitPrice: 100 }],
    redeem: [],
    reference: null,
    expectedDue: null,
  };

  it('leave a new card that both gave out with the first, and each sale with the member it named', async () => {
    const { t1, t2, t3 } = shop;
    const [ada, bob] = [await shop.member(), await shop.member()];
    const card = cardNumber(50);
    shop.later();
    await t1.ask('member.card', { command: newCommand(), member: ada, card, action: 'link' });
    shop.later();
    await t2.ask('member.card', { command: newCommand(), member: bob, card, action: 'link' });
    await t2.sell(null, 2_000, { card });
    await shop.meet(t2);
    await shop.meet();
    expect([await shop.balance(ada), await shop.balance(bob)]).toEqual([0, 20]);
    for (const till of [t1, t2, t3]) expect((await till.ask('member.identify', { card })).member).toBe(ada);
    expect(await t2.flags()).toContain('card-taken');
  });
});

/** EAN-13 in the range of a shop's own. */
function cardNumber(number: number): string {
  const digits = `29${String(number).padStart(10, '0')}`;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return digits + String((10 - (sum % 10)) % 10);
}
