/** A one-time voucher at two tills (docs/conflicts.md). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServers } from '../../sync/server/testing/databases.ts';
import { newCommand } from '../../till/testing/test-till.ts';
import { openShop, PROGRAMME, type Shop } from './shop.ts';

const TASTING = {
  id: 'tasting',
  name: 'Tea tasting',
  cost: { wallet: 'points', amount: 20 },
  give: { kind: 'voucher', validFor: 'P30D' },
};

describe.each(testServers().slice(0, 1))('a one-time voucher, on $title', (server) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(server, { ...PROGRAMME, rewards: [...PROGRAMME.rewards, TASTING] });
  });
  afterAll(() => shop.close());

  const issue = async () => {
    const { t1 } = shop;
    const ada = await shop.member();
    await t1.sell(ada, 5_000);
    shop.later();
    const sold = await t1.sell(ada, 100, { redeem: [{ reward: 'tasting' }] });
    const code = sold.vouchers[0]?.code ?? '';
    return { sold, ada, use: () => ({ command: newCommand(), code }) };
  };

  it('is good once at the till that printed it, without a line', async () => {
    const { t1 } = shop;
    const { use } = await issue();
    const command = use();
    const answer = { reward: 'tasting', name: 'Tea tasting', businessDate: '2026-03-02' };
    expect(await t1.ask('voucher.redeem', command)).toEqual(answer);
    expect(await t1.ask('voucher.redeem', command)).toEqual(answer);
    expect(await t1.refusal('voucher.redeem', use())).toBe('limit-reached');
  });

  it('is refused at every other till without a line, whether they have heard of it or not', async () => {
    const { t1, t2 } = shop;
    const { use } = await issue();
    expect(await t2.refusal('voucher.redeem', use())).toBe('invalid-request');
    await shop.meet();
    expect(await t2.refusal('voucher.redeem', use())).toBe('offline-limit');
    await t1.ask('voucher.redeem', use());
    await shop.meet();
    expect(await t2.refusal('voucher.redeem', use())).toBe('limit-reached');
  });

  it('is good at another till that asks head office, once the first has given it back', async () => {
    const { t1, t2 } = shop;
    const { use } = await issue();
    await shop.meet();
    for (const { engine } of [t1, t2]) engine.link.setOnline(true);
    const asked = t2.ask('voucher.redeem', use());
    for (let round = 0; round < 5; round += 1) expect(await t1.engine.link.syncNow()).toMatchObject({ ok: true });
    expect(await asked).toMatchObject({ reward: 'tasting' });
    for (const { engine } of [t1, t2]) engine.link.setOnline(false);
    expect(['limit-reached', 'offline-limit']).toContain(await t1.refusal('voucher.redeem', use()));
    await shop.meet();
    for (const till of [t1, t2]) expect(await till.refusal('voucher.redeem', use())).toBe('limit-reached');
  });

  it('ends on its date', async () => {
    const { t1, ho } = shop;
    const { use } = await issue();
    const before = ho.clock.now;
    ho.clock.now += 31 * 86_400_000;
    expect(await t1.refusal('voucher.redeem', use())).toBe('wrong-date');
    ho.clock.now = before;
  });

  it('is worth nothing once its sale came back, and is nobody who could buy something', async () => {
    const { t1, t2 } = shop;
    const { use, sold, ada } = await issue();
    await shop.meet();
    await t2.ask('sale.refund', { command: newCommand(), sale: sold.sale, what: { all: true } });
    await shop.meet();
    expect(await t1.refusal('voucher.redeem', use())).toBe('limit-reached');
    expect(await shop.balance(ada)).toBe(50);
    const account = t1.engine.parts.store.members.findByName('voucher', 5);
    expect(account).toEqual([]);
  });
});
