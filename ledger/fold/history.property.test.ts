import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId, WalletId } from '../../base/ids.ts';
import { accountsIn, type Entry } from '../entry.ts';
import { balanceOf, type MemberState, NEW_MEMBER_STATE } from '../member-state.ts';
import { byOrder } from '../order.ts';
import { encodeState, memberStateSchema } from '../state-text.ts';
import { EVERYTHING, everything, termsOf } from '../testing/programme.ts';
import { allEntries, openWorld, play, playStep, turns } from '../testing/histories.ts';
import { isLive } from '../wallet-state.ts';
import { applyEntry, foldEntries } from './apply.ts';

const WALLETS = ['points', 'stamps', 'cash', 'gems'].map((name) => name as WalletId); // names of the tests
const PROGRAMME = everything();
const TERMS = termsOf(PROGRAMME);
const NOBODY = new Map<MemberId, MemberState>();

type States = Map<MemberId, MemberState>;

function texts(states: ReadonlyMap<MemberId, MemberState>): Record<string, string> {
  const all = [...states].map(([account, state]): [string, string] => [account, encodeState(state)]);
  return Object.fromEntries(all.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function postedTo(entries: readonly Entry[], wallet: WalletId): number {
  const members = entries.flatMap(({ postings }) => postings).filter(({ account }) => account.startsWith('member:'));
  return members.reduce((sum, posting) => sum + (posting.wallet === wallet ? posting.amount : 0), 0);
}

function heldBy(states: ReadonlyMap<MemberId, MemberState>, wallet: WalletId, date: BusinessDate): number {
  return [...states.values()].reduce((sum, state) => sum + balanceOf(state, wallet, date), 0);
}

/** Units of lots that end after `from` and up to `to`. */
function endedIn(states: States, wallet: WalletId, from: BusinessDate, to: BusinessDate): number {
  const lots = [...states.values()].flatMap((state) => state.wallets[wallet]?.lots ?? []);
  return lots.reduce((sum, lot) => sum + (isLive(lot, from) && !isLive(lot, to) ? lot.amount : 0), 0);
}

describe('tills that know of each other at once', () => {
  it('post to the unit what members have and what ended', () => {
    fc.assert(
      fc.property(turns(40), (history) => {
        const world = openWorld(PROGRAMME);
        play(world, history, { together: true });
        const entries = allEntries(world);
        const states: States = new Map();
        const ended = new Map<WalletId, number>();
        let date = world.date;
        for (const [index, entry] of entries.entries()) {
          if (index > 0) {
            for (const wallet of WALLETS)
              ended.set(wallet, (ended.get(wallet) ?? 0) + endedIn(states, wallet, date, entry.bd));
          }
          date = entry.bd;
          for (const [account, state] of applyEntry(states, entry, TERMS)) states.set(account, state);
          const posted = WALLETS.map((wallet) => postedTo(entries.slice(0, index + 1), wallet));
          const held = WALLETS.map((wallet) => heldBy(states, wallet, date) + (ended.get(wallet) ?? 0));
          expect([entry.kind, ...held]).toEqual([entry.kind, ...posted]);
        }
      }),
      { numRuns: 80 },
    );
  });
});

describe('tills that know little of each other', () => {
  it('leave states that are read back to the byte and taken up again after any entry', () => {
    fc.assert(
      fc.property(turns(40), (history) => {
        const world = openWorld(PROGRAMME);
        play(world, history);
        let stored: States = new Map();
        const states: States = new Map();
        for (const entry of allEntries(world)) {
          for (const [account, state] of applyEntry(states, entry, TERMS)) states.set(account, state);
          const changed = applyEntry(stored, entry, TERMS);
          stored = new Map(
            [...stored, ...changed].map(([account, state]) => {
              const text = encodeState(state);
              const read = memberStateSchema.parse(JSON.parse(text));
              expect(encodeState(read)).toBe(text);
              return [account, read];
            }),
          );
          expect(texts(stored)).toEqual(texts(states));
        }
        expect(texts(foldEntries(NOBODY, allEntries(world), TERMS))).toEqual(texts(states));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the order in which entries arrive', () => {
  it('changes nothing: late ones are folded anew, in the total order', () => {
    fc.assert(
      fc.property(
        turns(30).map((played) => {
          const world = openWorld(PROGRAMME);
          play(world, played);
          return allEntries(world);
        }),
        fc.infiniteStream(fc.nat()),
        (entries, random) => {
          const expected = texts(foldEntries(NOBODY, entries, TERMS));
          for (let permutation = 0; permutation < 20; permutation += 1) {
            const arrived = entries
              .map((entry) => [random.next().value, entry] as const)
              .toSorted(([left], [right]) => left - right)
              .map(([, entry]) => entry);
            // In two parts: what came late goes to its place, and all is folded from the state before that.
            const early = arrived.slice(0, random.next().value % (entries.length + 1)).toSorted(byOrder);
            const late = arrived.slice(early.length);
            const first = late.toSorted(byOrder)[0];
            const kept = first === undefined ? early : early.filter((entry) => byOrder(entry, first) < 0);
            const snapshot = foldEntries(NOBODY, kept, TERMS);
            const rest = [...early.slice(kept.length), ...late].toSorted(byOrder);
            expect(texts(new Map([...snapshot, ...foldEntries(snapshot, rest, TERMS)]))).toEqual(expected);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is each group of accounts for itself', () => {
    fc.assert(
      fc.property(turns(30), (history) => {
        const world = openWorld(everything({ referral: undefined }));
        play(world, history);
        const entries = allEntries(world).map((entry) =>
          entry.kind === 'enrol' ? { ...entry, body: { ...entry.body, referredBy: null } } : entry,
        );
        const together = foldEntries(NOBODY, entries, TERMS);
        const apart = groupsOf(entries).flatMap((group) => [...foldEntries(NOBODY, group, TERMS)]);
        expect(texts(new Map(apart))).toEqual(texts(together));
      }),
      { numRuns: 60 },
    );
  });
});

/** Entries that have accounts in common, directly or by others. */
function groupsOf(entries: readonly Entry[]): Entry[][] {
  const leader = new Map<MemberId, MemberId>();
  const of = (account: MemberId): MemberId => {
    const up = leader.get(account);
    return up === undefined || up === account ? account : of(up);
  };
  for (const entry of entries) {
    const [first, ...others] = accountsIn(entry);
    if (first !== undefined) for (const other of others) leader.set(of(other), of(first));
  }
  const groups = new Map<MemberId, Entry[]>();
  for (const entry of entries) {
    const [first] = accountsIn(entry);
    if (first !== undefined) groups.set(of(first), [...(groups.get(of(first)) ?? []), entry]);
  }
  return [...groups.values()];
}

describe('a sale that is undone', () => {
  const wallets = EVERYTHING.wallets.map((wallet) =>
    wallet.id === 'stamps' ? { id: 'stamps', kind: 'stamps' } : wallet,
  );
  const tiers = { ...EVERYTHING.tiers, measure: 'spend' as const, window: 'lifetime' as const };
  const programme = everything({ wallets, tiers, badges: EVERYTHING.badges.filter(({ id }) => id !== 'traveller') });
  const dates = ['2026-01-10', '2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01', '2027-01-01'];
  const saleTurn = turns(12).filter((history) => history.some(({ step }) => step.do === 'sale'));

  /** What the member can ask for, on this date and later ones. */
  const seen = (state: MemberState, from: BusinessDate) => ({
    balances: [from, ...dates]
      .filter((date) => date >= from)
      .map((date) => WALLETS.map((wallet) => balanceOf(state, wallet, date as BusinessDate))), // in its form
    uses: state.uses,
    memberships: state.memberships,
    lifetime: state.lifetime,
    badges: state.badges,
    paid: state.referral.paid,
    brought: state.referral.brought,
  });

  it.each(['refund', 'refunds', 'void'] as const)(
    'by %s leaves balances, lots’ ends, uses and gifts as before it',
    (how) => {
      fc.assert(
        fc.property(turns(15), saleTurn, (before, last) => {
          const world = openWorld(programme);
          play(world, before, { together: true });
          const [till] = world.tills;
          const turn = last.find(({ step }) => step.do === 'sale');
          if (till === undefined || turn === undefined) throw new Error('no sale');
          const { date } = world;
          const earlier = new Map(till.states());
          const entry = playStep(world, { ...turn, till: 0 });
          if (entry?.kind !== 'sale' || entry.member === null) return;
          const [member, { sale }] = [till.owner(entry.member), entry.body];
          const wasBelow = WALLETS.some((wallet) => (earlier.get(member)?.wallets[wallet]?.below ?? 0) > 0);
          fc.pre(!wasBelow); // what it repaid is no longer a debt
          if (how === 'void') expect(till.void(sale)?.kind).toBe('void');
          else {
            for (const line of how === 'refunds' ? entry.body.lines.keys() : [])
              till.refund(sale, { lines: [{ line, quantity: entry.body.lines[line]?.quantity ?? '' }] }, date);
            till.refund(sale, { all: true }, date);
          }
          const [was, is] = [earlier.get(member) ?? NEW_MEMBER_STATE, till.stateOf(member)];
          // A badge whose count is reached without the sale stays (fine print 34), as where a merge brought sales.
          fc.pre(!is.badges.some((award) => award.sale === sale));
          expect(seen(is, date)).toEqual(seen(was, date));
          expect(is.visits).toBe(was.visits + (how === 'void' ? 0 : 1));
        }),
        { numRuns: 60 },
      );
    },
  );
});
