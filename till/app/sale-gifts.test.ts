import { afterEach, describe, expect, it } from 'vitest';
import { newCommand } from '../testing/test-till.ts';
import { testTills } from '../testing/tills.ts';
import { basket, enrol, pointsOf, sell, WHOLE_PROGRAMME } from '../testing/whole-programme.ts';

const { open, close } = testTills();
afterEach(close);

describe('a sale', () => {
  it('pays referrer and member for the first that pays enough, and a refund takes both back', async () => {
    const till = await open();
    const referrer = await enrol(till, 1);
    const member = await enrol(till, 2, { referredBy: { member: referrer } });
    expect((await sell(till, basket(999, { member }))).gifts).toEqual([]);
    const paid = await sell(till, basket(1000, { member }));
    expect(paid.gifts).toEqual([
      { reason: 'badge', badge: 'regular', wallet: 'points', amount: 25 },
      { reason: 'referee', badge: null, wallet: 'points', amount: 15 },
      { reason: 'referrer', badge: null, wallet: 'points', amount: 30 },
    ]);
    expect([await pointsOf(till, referrer), await pointsOf(till, member)]).toEqual([30, 9 + 10 + 25 + 15]);
    expect((await sell(till, basket(5000, { member }))).gifts).toEqual([]);
    const back = await till.ask('sale.refund', { command: newCommand(), sale: paid.sale, what: { all: true } });
    expect(back.gifts.map(({ reason }) => reason)).toEqual(['referee', 'referrer']);
    expect([await pointsOf(till, referrer), await pointsOf(till, member)]).toEqual([0, 9 + 25 + 50]);
    expect((await sell(till, basket(1000, { member }))).gifts.map(({ reason }) => reason)).toEqual([
      'referee',
      'referrer',
    ]);
  });

  it('earns at the level of before, and starts a membership from the next sale on', async () => {
    const till = await open();
    const member = await enrol(till, 1, { clubs: ['vip'] });
    const lines = [{ sku: 'PLUS', quantity: '2', unitPrice: 25_000 }];
    const sale = await sell(till, { member, lines, redeem: [] });
    expect(sale.earned[0]).toEqual({ wallet: 'points', amount: 507 });
    expect(await till.ask('member.show', { member })).toMatchObject({
      tier: { level: 'gold', measured: 50_000, next: null },
      memberships: [{ membership: 'plus', end: '2026-05-02' }],
      clubs: ['vip'],
      pending: [{ wallet: 'cash', amount: 500, from: '2026-03-09' }],
      badges: [{ badge: 'regular', held: 0, count: 1, at: 2, missing: 1 }],
      endingSoon: [],
    });
    const refund = { command: newCommand(), sale: sale.sale, what: { lines: [{ line: 0, quantity: '1' }] } };
    await till.ask('sale.refund', refund);
    expect(await till.ask('member.show', { member })).toMatchObject({
      tier: { level: 'silver', next: { level: 'gold', missing: 25_000 } },
      memberships: [{ membership: 'plus', end: '2026-04-02' }],
    });
  });

  it('earns a badge by more sales than a state keeps one by one, and a refund of that sale takes it back', async () => {
    const badges = [
      { id: 'spender', when: { count: { of: 'spend', at: 10_300 } }, give: { wallet: 'points', amount: 5 } },
    ];
    const till = await open({ programme: { ...WHOLE_PROGRAMME, badges } });
    const member = await enrol(till, 1);
    for (let sale = 1; sale <= 102; sale += 1) expect((await sell(till, basket(100, { member }))).gifts).toEqual([]);
    expect((await till.ask('member.show', { member })).badges).toEqual([
      { badge: 'spender', held: 0, count: 10_200, at: 10_300, missing: 100 },
    ]);
    const earning = await sell(till, basket(100, { member }));
    expect(earning.gifts).toEqual([{ reason: 'badge', badge: 'spender', wallet: 'points', amount: 5 }]);
    const all = { command: newCommand(), sale: earning.sale, what: { all: true } } as const;
    expect((await till.ask('sale.refund', all)).gifts).toMatchObject([{ reason: 'badge', amount: 5 }]);
    expect(await pointsOf(till, member)).toBe(102);
  });

  it('prints the code of a voucher, whose hash alone is in the book', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    await sell(till, basket(6000, { member }));
    const sale = await sell(till, basket(1000, { member, redeem: [{ reward: 'tour' }] }));
    expect(sale.vouchers).toMatchObject([{ reward: 'tour', validBefore: '2026-04-01' }]);
    const code = sale.vouchers[0]?.code ?? '';
    const { elements } = await till.ask('receipt.show', { sale: sale.sale });
    const printed = elements.map((element) => (element.kind === 'text' ? element.text : '')).join('\n');
    expect(printed).toContain(code);
    expect(printed).toContain('New badge');
    expect(printed).toContain('silver');
    const { parts } = till.engine;
    const inc = parts.stream()?.inc ?? ('' as never); // enrolled
    expect(parts.store.entries.at(inc, 3)?.bytes.toString('utf8')).not.toContain(code);
  });

  it('carries a partner’s number that matches, by card as by id', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    const partner = { id: 'miles', number: '123456789' };
    expect((await sell(till, basket(1000, { card: '2900000000018', partner }))).partner).toEqual(partner);
    const quoted = (more: object) => till.refusal('sale.quote', basket(1000, more));
    expect(await quoted({ partner: { id: 'miles', number: '12' } })).toBe('partner-number');
    expect(await quoted({ member, card: '2900000000018' })).toBe('invalid-request');
    expect(await quoted({ card: '2999999999991', redeem: [{ reward: 'nosuch' }] })).toBe('invalid-request');
    expect(await quoted({ card: '2999999999991' })).toBe('unknown-card');
  });

  it('counts what ends by the date alone', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    await sell(till, basket(6000, { member }));
    till.clock.set('2027-02-10T10:00:00Z');
    expect((await till.ask('member.show', { member })).endingSoon).toEqual([
      { wallet: 'points', amount: 60, end: '2027-03-02' },
    ]);
    till.clock.set('2027-03-02T10:00:00Z');
    expect(await pointsOf(till, member)).toBe(0);
    const coffee = {
      member,
      lines: [{ sku: 'COFFEE', quantity: '1', unitPrice: 350 }],
      redeem: [{ reward: 'free-coffee' }],
    };
    expect(await till.refusal('sale.quote', coffee)).toBe('insufficient-balance');
  });
});
