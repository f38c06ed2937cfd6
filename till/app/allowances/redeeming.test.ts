import { afterEach, describe, expect, it } from 'vitest';
import type { MemberId } from '../../../base/ids.ts';
import { present } from '../../../base/assert.ts';
import type { EntryAllowances } from '../../../ledger/allowances/part.ts';
import { parseEntry } from '../../../ledger/entry.ts';
import { signedGrant } from '../../testing/grants.ts';
import { BASE_PROGRAMME, newCommand, type TestTill } from '../../testing/test-till.ts';
import { testTills } from '../../testing/tills.ts';
import { basket, bringMember, enrol, sell, WHOLE_PROGRAMME } from '../../testing/whole-programme.ts';
import type { Caller } from '../context.ts';
import { takeGrants } from './take-grants.ts';
import { settleOverdrafts } from './overdraft-use.ts';

const { open, close } = testTills();
afterEach(close);

const COFFEE = { lines: [{ sku: 'COFFEE', quantity: '1', unitPrice: 350 }], redeem: [{ reward: 'free-coffee' }] };
const caller = (role: 'cashier' | 'manager', approved = false): Caller => ({
  actor: { operator: 'o' as Caller['actor']['operator'], role },
  approver: approved ? { operator: 'm' as Caller['actor']['operator'], role: 'manager' } : null,
});

const takeCoffee = (till: TestTill, member: MemberId) => sell(till, basket(0, { ...COFFEE, member }));
const refuseCoffee = (till: TestTill, member: MemberId, by?: Caller) =>
  till.refusal('sale.quote', basket(0, { ...COFFEE, member }), by);

/** A member whose points came from another till. */
async function stranger(points: number, programme: object = WHOLE_PROGRAMME) {
  const [one, two] = [await open({ programme }), await open({ programme })];
  const member = await enrol(one, 1);
  await sell(one, basket(points * 100, { member }));
  bringMember(one, two, member);
  return { one, two, member };
}

/** What the till's last entry says. */
function said({ engine: { parts } }: TestTill): EntryAllowances | undefined {
  const { inc } = present(parts.stream(), 'it is enrolled');
  const stored = present(parts.store.entries.last(inc), 'it wrote something');
  const parsed = parseEntry(stored.bytes.toString('utf8'));
  return parsed.ok ? parsed.value.entry.allowances : undefined;
}

async function offlineOf(till: TestTill, member: MemberId) {
  const { balances } = await till.ask('member.show', { member });
  return balances.find(({ wallet }) => wallet === 'points')?.offline;
}

const END = '2027-03-02';

describe('a redemption without a connection', () => {
  it('may take what the till’s own sales earned, at once', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    await sell(till, basket(6000, { member }));
    const part = { account: member, wallet: 'points', end: END };
    expect(said(till)).toEqual({ own: [{ ...part, amount: 60 }] });
    expect(await offlineOf(till, member)).toBe(60);
    await takeCoffee(till, member);
    expect(said(till)?.spent).toEqual([{ ...part, amount: 50 }]);
  });

  it('may not take what another till’s sales earned, and says what may be spent here', async () => {
    const { two, member } = await stranger(60);
    expect(await refuseCoffee(two, member)).toBe('offline-limit');
    two.grant(member, 'points', 40, END);
    const { rewards } = await two.ask('sale.quote', basket(0, { ...COFFEE, redeem: [], member }));
    const outcome = rewards.find(({ reward }) => reward === 'free-coffee')?.outcome;
    expect(outcome).toMatchObject({ possible: false, code: 'offline-limit', left: 40, missing: null });
    expect(await offlineOf(two, member)).toBe(40);
    two.grant(member, 'points', 10, END);
    await takeCoffee(two, member);
    expect(said(two)).toEqual({ spent: [{ account: member, wallet: 'points', end: END, amount: 50 }] });
    expect(await refuseCoffee(two, member)).toBe('insufficient-balance');
  });

  it('takes parts that end first, none that has ended, and none for points that are pending', async () => {
    const { two, member } = await stranger(120);
    two.grant(member, 'points', 30, '2026-03-03');
    two.grant(member, 'points', 40, END);
    await takeCoffee(two, member);
    expect(said(two)?.spent?.map(({ end, amount }) => [end, amount])).toEqual([
      ['2026-03-03', 30],
      [END, 20],
    ]);
    two.clock.set('2026-03-04T10:00:00Z');
    expect(await offlineOf(two, member)).toBe(20);
  });

  it('is judged reward by reward: the one whose turn it is when the allowance ends', async () => {
    const { two, member } = await stranger(200);
    two.grant(member, 'points', 60, END);
    const both = basket(0, { ...COFFEE, redeem: [{ reward: 'free-coffee' }, { reward: 'tour' }], member });
    const answer = await two.engine.call('sale.quote', both);
    expect(answer).toMatchObject({ ok: false, error: { code: 'offline-limit', reward: 'tour', left: 60 } });
  });

  it('may take what a transfer brought, and not what it did not have itself', async () => {
    const { two, member } = await stranger(90);
    const friend = await enrol(two, 2);
    const send = (from: MemberId, to: MemberId, amount: number) => ({
      command: newCommand(),
      from,
      to,
      wallet: 'points',
      amount,
    });
    expect(await two.refusal('member.transfer', send(member, friend, 60))).toBe('offline-limit');
    two.grant(member, 'points', 60, END);
    await two.ask('member.transfer', send(member, friend, 60));
    expect(said(two)).toEqual({
      own: [{ account: friend, wallet: 'points', end: END, amount: 60 }],
      spent: [{ account: member, wallet: 'points', end: END, amount: 60 }],
    });
    await takeCoffee(two, friend);
  });
});

describe('what comes back', () => {
  it('may be spent again after a void on its own date, and not after a refund', async () => {
    const till = await open({ programme: BASE_PROGRAMME });
    const member = await enrol(till, 1);
    await sell(till, basket(6000, { member }));
    const first = await takeCoffee(till, member);
    await till.ask('sale.void', { command: newCommand(), sale: first.sale });
    expect(said(till)).toEqual({ own: [{ account: member, wallet: 'points', end: '2026-03-03', amount: 50 }] });
    const second = await takeCoffee(till, member);
    await till.ask('sale.refund', { command: newCommand(), sale: second.sale, what: { all: true } });
    expect(said(till)?.own).toBeUndefined();
    expect(await offlineOf(till, member)).toBe(10);
  });

  it('burns what the till itself may spend when points are taken back, last to end first', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    const { sale } = await sell(till, basket(6000, { member }));
    till.grant(member, 'points', 5, '2026-04-01');
    await till.ask('sale.refund', { command: newCommand(), sale, what: { all: true } });
    expect(said(till)?.spent).toEqual([{ account: member, wallet: 'points', end: END, amount: 60 }]);
    await till.ask(
      'member.adjust',
      { command: newCommand(), member, wallet: 'points', amount: 40, reason: 'x' },
      caller('manager'),
    );
    expect(said(till)).toBeUndefined();
    await till.ask(
      'member.adjust',
      { command: newCommand(), member, wallet: 'points', amount: -3, reason: 'x' },
      caller('manager'),
    );
    expect(said(till)).toEqual({ spent: [{ account: member, wallet: 'points', end: '2026-04-01', amount: 3 }] });
  });
});

describe('a grant', () => {
  it('counts once however often it comes, and only as head office signed it', async () => {
    const { two, member } = await stranger(60);
    const { parts } = two.engine;
    const right = { member, wallet: 'points', amount: 50, end: END };
    const good = signedGrant(parts, right);
    const take = (...grants: (typeof good)[]) => parts.store.transact(() => takeGrants(parts.store, 'e1', grants));
    take({ ...good, granted: signedGrant(parts, { ...right, amount: 60 }).granted });
    take(signedGrant(parts, right, { inc: 'another' as typeof good.inc }), signedGrant(parts, right, { epoch: 'e0' }));
    expect(await offlineOf(two, member)).toBe(0);
    take(good, good);
    take(good);
    expect(await offlineOf(two, member)).toBe(50);
    take(signedGrant(parts, right, { granted: signedGrant(parts, { ...right, amount: -20 }).granted }));
    expect(await offlineOf(two, member)).toBe(50);
  });

  it('at an entry that this till never wrote stops redemptions, not sales: these data are a copy', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    await sell(till, basket(6000, { member }));
    const { parts } = till.engine;
    const foreign = signedGrant(
      parts,
      { member, wallet: 'points', amount: 9, end: END },
      { at: { seq: 9, head: '0'.repeat(64) as never } },
    ); // no entry's
    expect(parts.store.transact(() => takeGrants(parts.store, 'e1', [foreign]))).toEqual([]);
    expect([await refuseCoffee(till, member), await offlineOf(till, member)]).toEqual(['offline-limit', 0]);
    await sell(till, basket(1000, { member }));
  });
});

describe('under the tolerant policy', () => {
  const TOLERANT = {
    ...WHOLE_PROGRAMME,
    limits: { ...WHOLE_PROGRAMME.limits, offlineRedeem: { policy: 'tolerant', perMember: 70, perTill: 90, hours: 24 } },
  };

  it('a manager lets a member go beyond the allowance, within limits, until head office has seen it', async () => {
    const { one, two, member } = await stranger(500, TOLERANT);
    two.grant(member, 'points', 20, END);
    expect(await refuseCoffee(two, member)).toBe('approval-required');
    const sold = await two.ask(
      'sale.commit',
      { ...basket(0, { ...COFFEE, member }), command: newCommand(), reference: null, expectedDue: null },
      caller('cashier', true),
    );
    expect(said(two)).toEqual({
      spent: [{ account: member, wallet: 'points', end: END, amount: 20 }],
      overdraft: [{ account: member, wallet: 'points', amount: 30 }],
    });
    expect(two.engine.parts.members.stateOf(member).overdrafts).toEqual({ points: 30 });
    // 30 of 70 are used: another 50 are too many, whoever approves.
    expect(await refuseCoffee(two, member, caller('manager'))).toBe('offline-limit');
    // What an overdraft gave out is no allowance when it comes back.
    await two.ask('sale.void', { command: newCommand(), sale: sold.sale });
    expect(said(two)?.own?.map(({ amount }) => amount)).toEqual([20]);
    const { parts } = two.engine;
    const { inc } = present(parts.stream(), 'it is enrolled');
    parts.store.streams.acknowledge(inc, 2, 'e1');
    bringMember(one, two, member, 2, { includes: [{ inc, seq: 2 }] });
    settleOverdrafts(parts.store);
    expect(await refuseCoffee(two, member, caller('manager'))).toMatch(/^not refused/);
  });

  it('counts all members of a till together, and nothing is lent after too long without a connection', async () => {
    const { one, two, member } = await stranger(500, TOLERANT);
    const other = await enrol(one, 2);
    await sell(one, basket(50_000, { member: other }));
    bringMember(one, two, other);
    const lend = (to: MemberId) =>
      two.ask(
        'sale.commit',
        { ...basket(0, { ...COFFEE, member: to }), command: newCommand(), reference: null, expectedDue: null },
        caller('manager'),
      );
    await lend(member);
    expect(await refuseCoffee(two, other, caller('manager'))).toBe('offline-limit');
    const late = await stranger(500, TOLERANT);
    late.two.clock.set('2026-03-03T11:00:00Z');
    expect(await refuseCoffee(late.two, late.member, caller('manager'))).toBe('offline-limit');
  });

  it('a transfer never goes beyond it', async () => {
    const { two, member } = await stranger(60, TOLERANT);
    const friend = await enrol(two, 2);
    const sent = { command: newCommand(), from: member, to: friend, wallet: 'points', amount: 10 };
    expect(await two.refusal('member.transfer', sent, caller('manager', true))).toBe('offline-limit');
  });
});
