import { afterEach, describe, expect, it } from 'vitest';
import type { MemberId, OperatorId } from '../../base/ids.ts';
import type { OperatorRole } from '../../loyalty/roles.ts';
import { newCommand, type TestTill } from '../testing/test-till.ts';
import { testTills } from '../testing/tills.ts';
import { basket, bringMember, cardNumber, enrol, pointsOf, sell } from '../testing/whole-programme.ts';
import type { Caller } from './context.ts';

const { open, reopen, close } = testTills();
afterEach(close);

const as = (role: OperatorRole): Caller => ({
  actor: { operator: role as string as OperatorId, role },
  approver: null,
}); // roles are the operators of the tests

describe('an adjustment', () => {
  it('gives or takes, as far as the role of the operator allows', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    const adjustment = { command: newCommand(), member, wallet: 'points', amount: 50, reason: 'spilled coffee' };
    const given = await till.ask('member.adjust', adjustment, as('supervisor'));
    expect(given.balances[0]).toMatchObject({ balance: 50, spendable: 50 });
    expect(await till.ask('member.adjust', adjustment, as('supervisor'))).toEqual(given);
    const refused = (role: OperatorRole, more: object) =>
      till.refusal('member.adjust', { ...adjustment, command: newCommand(), ...more }, as(role));
    expect(await refused('cashier', { amount: 1 })).toBe('role-required');
    expect(await refused('supervisor', { amount: 51 })).toBe('role-required');
    expect(await refused('supervisor', { amount: -51 })).toBe('role-required');
    expect(await refused('manager', { amount: -51 })).toBe('insufficient-balance');
    expect(await refused('cashier', { amount: 0 })).toBe('invalid-request');
    expect(await refused('cashier', { reason: ' ' })).toBe('invalid-request');
    expect(await refused('cashier', { wallet: 'stars' })).toBe('invalid-request');
    expect(await refused('cashier', { member: 'nobody', amount: 0 })).toBe('unknown-member');
    expect(await pointsOf(till, member)).toBe(50);
  });
});

describe('a transfer', () => {
  it('moves lots with their ends, and both sides know at once', async () => {
    const till = await open();
    const [giver, receiver] = [await enrol(till, 1), await enrol(till, 2)];
    await sell(till, basket(6000, { member: giver }));
    till.clock.set('2026-04-02T10:00:00Z');
    await sell(till, basket(6000, { member: giver }));
    await till.ask('member.transfer', {
      command: newCommand(),
      from: giver,
      to: receiver,
      wallet: 'points',
      amount: 70,
    });
    const lotsOf = async (member: MemberId) =>
      (await till.ask('member.explain', { member })).wallets[0]?.lots.map(({ end, amount, earned }) => [
        earned,
        end,
        amount,
      ]);
    expect(await lotsOf(receiver)).toEqual([
      ['2026-03-02', '2027-03-02', 60],
      ['2026-04-02', '2027-04-02', 10],
    ]);
    expect(await pointsOf(till, giver)).toBe(60 + 60 + 25 - 70);
  });

  it('is refused in the order of the fine print', async () => {
    const till = await open();
    const [giver, receiver] = [await enrol(till, 1), await enrol(till, 2)];
    await sell(till, basket(20_000, { member: giver }));
    const transfer = { from: giver, to: receiver, wallet: 'points', amount: 60 };
    const refused = (more: object) => till.refusal('member.transfer', { ...transfer, command: newCommand(), ...more });
    expect(await refused({ to: 'nobody', amount: 0 })).toBe('unknown-member');
    expect(await refused({ to: giver, amount: 500 })).toBe('invalid-request');
    expect(await refused({ amount: 0 })).toBe('invalid-request');
    expect(await refused({ amount: 101 })).toBe('limit-reached');
    expect(await refused({ from: receiver, to: giver })).toBe('insufficient-balance');
    await till.ask('member.transfer', { ...transfer, command: newCommand() });
    expect(await refused({ amount: 41 })).toBe('limit-reached');
    till.clock.set('2026-04-01T10:00:00Z');
    await till.ask('member.transfer', { ...transfer, command: newCommand(), amount: 100 });
  });
});

describe('a card', () => {
  const change = (till: TestTill, member: MemberId, more: object) =>
    till.ask('member.card', { command: newCommand(), member, ...(more as { card: string; action: 'link' }) });

  it('is linked, blocked and replaced, and answers for what it is', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    expect((await change(till, member, { card: cardNumber(2), action: 'link' })).cards).toEqual([
      cardNumber(2),
      cardNumber(1),
    ]);
    await change(till, member, { card: cardNumber(1), action: 'block' });
    expect(await till.refusal('member.identify', { card: cardNumber(1) })).toBe('card-blocked');
    const replaced = await change(till, member, { card: cardNumber(2), action: 'replace', new: cardNumber(3) });
    expect(replaced.cards).toEqual([cardNumber(3)]);
    expect(await till.refusal('member.identify', { card: cardNumber(2) })).toBe('card-blocked');
    expect(await till.ask('member.identify', { card: cardNumber(3) })).toMatchObject({ member });
    const again = await reopen(till);
    expect(await again.refusal('member.identify', { card: cardNumber(2) })).toBe('card-blocked');
  });

  it('is refused in the order of the fine print', async () => {
    const till = await open();
    const [member, other] = [await enrol(till, 1), await enrol(till, 2)];
    const refused = (more: object) => till.refusal('member.card', { command: newCommand(), member, ...more });
    expect(await refused({ member: 'nobody', card: cardNumber(9), action: 'block' })).toBe('unknown-member');
    expect(await refused({ card: cardNumber(9), action: 'block' })).toBe('unknown-card');
    expect(await refused({ card: cardNumber(2), action: 'link' })).toBe('invalid-request');
    expect(await refused({ card: cardNumber(2), action: 'block' })).toBe('invalid-request');
    expect(await refused({ card: cardNumber(1), action: 'replace', new: cardNumber(2) })).toBe('invalid-request');
    expect(await refused({ card: cardNumber(1), action: 'replace' })).toBe('invalid-request');
    expect((await till.ask('member.show', { member: other })).cards).toEqual([cardNumber(2)]);
  });

  it('is head office’s word once its row includes what was written here', async () => {
    const [one, two] = [await open(), await open()];
    const member = await enrol(one, 1);
    bringMember(one, two, member);
    await change(two, member, { card: cardNumber(1), action: 'block' });
    expect(await two.refusal('member.identify', { card: cardNumber(1) })).toBe('card-blocked');
    const { parts } = two.engine;
    const inc = parts.stream()?.inc ?? ('' as never); // enrolled
    const row = parts.store.members.find(member);
    expect(row?.cards).toBe(JSON.stringify([cardNumber(1)]));
    bringMember(one, two, member, 2, { includes: [{ inc, seq: 1 }] });
    expect(await two.ask('member.identify', { card: cardNumber(1) })).toMatchObject({ member });
  });
});

describe('a club', () => {
  it('is joined and left, and its members earn by it', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    const club = (action: 'join' | 'leave') =>
      till.ask('member.club', { command: newCommand(), member, club: 'vip', action });
    expect((await club('join')).clubs).toEqual(['vip']);
    expect((await sell(till, basket(1000, { member }))).earned[0]).toEqual({ wallet: 'points', amount: 17 });
    till.clock.set('2026-03-04T10:00:00Z');
    expect((await club('leave')).clubs).toEqual([]);
    expect((await sell(till, basket(1000, { member }))).earned[0]).toEqual({ wallet: 'points', amount: 10 });
    const refused = (more: object) =>
      till.refusal('member.club', { command: newCommand(), member, club: 'vip', action: 'leave', ...more });
    expect(await refused({})).toBe('invalid-request');
    expect(await refused({ club: 'nosuch', action: 'join' })).toBe('invalid-request');
    expect(await refused({ member: 'nobody', club: 'nosuch' })).toBe('unknown-member');
  });
});
