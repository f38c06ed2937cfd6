import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId, WalletId } from '../../base/ids.ts';
import type { Entry } from '../entry.ts';
import { balanceOf, type MemberState } from '../member-state.ts';
import { encodeState, memberStateSchema } from '../state-text.ts';
import { everything, termsOf } from '../testing/programme.ts';
import { allEntries, openWorld, play, turns } from '../testing/histories.ts';
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
      { numRuns: 300 },
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
      { numRuns: 200 },
    );
  });
});
