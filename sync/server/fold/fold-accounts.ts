/** Entries on top of the accounts that they name. Pure. */
import { z } from 'zod';
import { AssertionFailed } from '../../../base/assert.ts';
import type { BusinessDate } from '../../../base/business-date.ts';
import type { IncarnationId, MemberId } from '../../../base/ids.ts';
import type { Entry } from '../../../ledger/entry.ts';
import { leadOf } from '../../../ledger/fold/accounts.ts';
import { applyEntry } from '../../../ledger/fold/apply.ts';
import { NEW_MEMBER_STATE, type MemberState, usesOn } from '../../../ledger/member-state.ts';
import { encodeState } from '../../../ledger/state-text.ts';
import { isVoucherAccount } from '../../../ledger/vouchers.ts';
import { programmeOf, type Terms } from '../../../ledger/terms.ts';
import { asItStands } from '../conflicts/standing.ts';
import type { Flag } from '../store/flags.ts';
import type { StateRow } from '../store/member-states.ts';
import { namedBy, type Judged } from './judge.ts';

export type Folded = {
  readonly state: MemberState;
  /** Of the last entry on the account; '': none yet. */
  readonly lastOrder: string;
  readonly includes: Readonly<Record<IncarnationId, number>>;
};

export const NOTHING_FOLDED: Folded = { state: NEW_MEMBER_STATE, lastOrder: '', includes: {} };

export type FoldedAccounts = {
  /** Those that the entries name or changed. */
  readonly accounts: ReadonlyMap<MemberId, Folded>;
  readonly flags: readonly Flag[];
};

/** What the fold itself says about entries; folding them anew says it anew. */
export const FLAGS_OF_FOLD = ['cannot-apply', 'given-twice', 'limit-passed'] as const;

/** `entries` in the total order, later than all that `before` has of the accounts that matter to the caller. */
export function foldAccounts(
  before: ReadonlyMap<MemberId, Folded>,
  entries: readonly Judged[],
  terms: Terms,
): FoldedAccounts {
  const accounts = new Map<MemberId, Folded>();
  const flags: Flag[] = [];
  const held = (account: MemberId): Folded => accounts.get(account) ?? before.get(account) ?? NOTHING_FOLDED;
  const states = { get: (account: MemberId): MemberState => held(account).state };
  for (const judged of entries) {
    const { inc, seq, orderKey, read } = judged;
    const entry = read.as === 'known' ? asItStands(read.entry, judged.standing) : undefined;
    const changed = entry === undefined ? NO_CHANGE : tryApply(states, entry, terms);
    if (changed instanceof AssertionFailed) flags.push({ inc, seq, code: 'cannot-apply', detail: changed.message });
    const applied = changed instanceof AssertionFailed ? NO_CHANGE : changed;
    for (const account of new Set([...namedBy(judged), ...applied.keys()])) {
      const { state, includes } = held(account);
      const seen = { ...includes, [inc]: Math.max(includes[inc] ?? 0, seq) };
      accounts.set(account, { state: applied.get(account) ?? state, lastOrder: orderKey, includes: seen });
    }
    if (entry === undefined || changed instanceof AssertionFailed) continue;
    flags.push(...givenTwice(entry, states, judged), ...limitPassed(entry, states, terms, judged));
  }
  return { accounts, flags };
}

const NO_CHANGE: ReadonlyMap<MemberId, MemberState> = new Map();

type States = { get(account: MemberId): MemberState };

/** An assertion is a bug of ours, but what an entry says came from outside: it must not stop the fold of all others. */
function tryApply(states: States, entry: Entry, terms: Terms): ReturnType<typeof applyEntry> | AssertionFailed {
  try {
    return applyEntry(states, entry, terms);
  } catch (error) {
    if (error instanceof AssertionFailed) return error;
    throw error;
  }
}

/** Two tills gave what a member can have once: the first in the total order stands (fine print 12). */
function givenTwice(entry: Entry, states: States, { inc, seq }: Judged): Flag[] {
  if ((entry.kind !== 'sale' && entry.kind !== 'attach') || entry.member === null) return [];
  const { gifts, earned, sale } = entry.body;
  const note = states.get(leadOf(entry.member, states)).sales.findLast((known) => known.sale === sale);
  if (note === undefined) return [];
  const less = earned
    .filter(({ amount }, index) => (note.earned[index]?.amount ?? amount) < amount)
    .map(({ rule }) => rule);
  const without = gifts.length - note.gifts.length;
  if (less.length === 0 && without === 0) return [];
  return [{ inc, seq, code: 'given-twice', detail: [...less, `${without} of its gifts`].join(', ') }];
}

/** Rewards that two tills gave beyond what a member may have: they were handed out, and stand (fine print 12). */
function limitPassed(entry: Entry, states: States, terms: Terms, { inc, seq }: Judged): Flag[] {
  if (entry.kind !== 'sale' || entry.member === null || entry.body.redeemed.length === 0) return [];
  const programme = programmeOf(terms, entry);
  const state = states.get(leadOf(entry.member, states));
  const passed = [...new Set(entry.body.redeemed.map(({ reward }) => reward))].filter((reward) => {
    const limit = programme?.rewards.find(({ id }) => id === reward)?.limit;
    return limit !== undefined && limit.per !== 'sale' && usesOn(state, reward, entry.bd)[limit.per] > limit.times;
  });
  return passed.length === 0 ? [] : [{ inc, seq, code: 'limit-passed', detail: passed.join(', ') }];
}

const includesSchema = z.record(z.string(), z.int().min(1));

export function foldedFromRow(row: StateRow): Folded {
  return { state: stateOf(row), lastOrder: row.lastOrder, includes: includesOf(row.includes) };
}

export function stateOf({ state }: { readonly state: string }): MemberState {
  return JSON.parse(state) as MemberState; // written below, by encodeState
}

export function rowFromFolded(member: MemberId, { state, lastOrder, includes }: Folded): StateRow {
  return {
    member,
    state: encodeState(state),
    lastOrder,
    includes: includesText(includes),
    // Vouchers are in no book, so nothing of them is written off.
    due: isVoucherAccount(member) ? null : firstEnd(state),
    clubs: Object.keys(state.clubs),
  };
}

/** Of lots with anything in them, those that have ended included; `after`: only ends later than that. */
export function firstEnd({ wallets }: MemberState, after?: BusinessDate): BusinessDate | null {
  const lots = Object.values(wallets).flatMap((wallet) => wallet.lots);
  const ends = lots.flatMap(({ amount, end }) =>
    amount > 0 && end !== null && (after === undefined || end > after) ? [end] : [],
  );
  return ends.toSorted()[0] ?? null;
}

export function includesText(includes: Folded['includes']): string {
  const sorted = Object.entries(includes).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(sorted));
}

export function includesOf(text: string): Readonly<Record<IncarnationId, number>> {
  return includesSchema.parse(JSON.parse(text));
}
