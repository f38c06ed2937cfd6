/**
 * What a member has and has done: one pure fold over the entries that name them. Head office folds all entries in the total order; a till
 * folds, on top of head office's row, its own entries that the row has not seen. The same function, so the same numbers.
 */
import { z } from 'zod';
import type { BusinessDate } from '../base/business-date.ts';
import type { MemberId, RewardId, RuleId, WalletId } from '../base/ids.ts';
import { points, type Points } from '../base/numbers.ts';
import { memberAccount, sumsByWallet, type Entry, type SaleEntry, type VoidEntry } from './entry.ts';
import {
  addGiven,
  entriesOf,
  findTrace,
  salesOn,
  sumOfGiven,
  withoutTrace,
  withTrace,
  type DayTrace,
} from './sale-traces.ts';
import { credit, debit, returnParts, type LotPart, type WalletState } from './wallet-state.ts';

export type RewardUses = {
  readonly ever: number;
  /** Uses in the two newest calendar months with any, by `YYYY-MM`. */
  readonly months: Readonly<Record<string, number>>;
};

export type MemberState = {
  /** Those with anything in them. */
  readonly wallets: Readonly<Record<WalletId, WalletState>>;
  /** Sales that were not voided. */
  readonly visits: number;
  /** The two newest business dates with sales, in order. */
  readonly days: readonly DayTrace[];
  /** Rewards with any use. */
  readonly uses: Readonly<Record<RewardId, RewardUses>>;
};

export const NEW_MEMBER_STATE: MemberState = { wallets: {}, visits: 0, days: [], uses: {} };

/** A till with a wrong clock may be in next month already. */
const MONTHS_KEPT = 2;

/**
 * The state after the entry. An entry of another member, or of a kind that changes no state, leaves it as it is. Whatever an entry of the
 * right shape says, the state stays one that `memberStateSchema` reads; sums beyond 2^53 break an assertion and change nothing.
 */
export function applyEntry(state: MemberState, entry: Entry, member: MemberId): MemberState {
  if (entry.member !== member) return state;
  switch (entry.kind) {
    case 'enrol':
      return state;
    case 'sale':
      return applySale(state, entry);
    case 'void':
      return applyVoid(state, entry);
    default:
      return entry satisfies never;
  }
}

/** Units of the wallet, what is below zero taken off. */
export function balanceOf(state: MemberState, wallet: WalletId): Points {
  const held = state.wallets[wallet];
  if (held === undefined) return points(0);
  return points(held.lots.reduce((sum, lot) => sum + lot.amount, 0) - held.below);
}

/** Units that can be spent: never below zero. */
export function spendableOf(state: MemberState, wallet: WalletId): Points {
  return points(Math.max(0, balanceOf(state, wallet)));
}

/** What rules gave in the member's sales of this business date; a cap per day counts it. */
export function givenOn(state: MemberState, date: BusinessDate): Map<RuleId, Points> {
  return new Map(entriesOf(sumOfGiven(salesOn(state.days, date))));
}

/** Uses of a reward that count on this business date against a limit per day, per month and ever. */
export function usesOn(
  state: MemberState,
  reward: RewardId,
  date: BusinessDate,
): { day: number; month: number; ever: number } {
  const uses = state.uses[reward];
  return {
    day: salesOn(state.days, date).reduce((sum, trace) => sum + (trace.uses[reward] ?? 0), 0),
    month: uses?.months[monthOf(date)] ?? 0,
    ever: uses?.ever ?? 0,
  };
}

/** The same state always gives the same text, whatever the order in which its parts came about. */
export function encodeState(state: MemberState): string {
  return JSON.stringify(state, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

const wholeUnits = z.int().min(0);
const lotPart = z.strictObject({
  sale: z.string().nullable(),
  earned: z.string(),
  end: z.string().nullable(),
  amount: z.int().min(1),
});

const record = <Value extends z.ZodType>(value: Value) => z.record(z.string(), value);

/** For rows that come over the wire. */
export const memberStateSchema = z.strictObject({
  wallets: record(z.strictObject({ lots: z.array(lotPart), below: wholeUnits })),
  visits: wholeUnits,
  days: z.array(
    z.strictObject({
      date: z.string(),
      sales: z.array(
        z.strictObject({
          sale: z.string().nullable(),
          given: record(wholeUnits),
          uses: record(wholeUnits),
          took: record(z.array(lotPart)),
        }),
      ),
    }),
  ),
  uses: record(z.strictObject({ ever: wholeUnits, months: record(wholeUnits) })),
}) as unknown as z.ZodType<MemberState>; // the schema checks shapes; brands have no run-time form

function applySale(state: MemberState, entry: SaleEntry): MemberState {
  const { sale, earned, redeemed } = entry.body;
  const { gained, lost } = ownPostings(entry);
  let { wallets, uses } = state;
  const took: Record<WalletId, readonly LotPart[]> = {};
  for (const [wallet, amount] of lost) {
    const taken = debit(wallets[wallet], points(-amount));
    wallets = withWallet(wallets, wallet, taken.state);
    took[wallet] = taken.parts;
  }
  for (const [wallet, amount] of gained) {
    wallets = withWallet(
      wallets,
      wallet,
      credit(wallets[wallet], { sale, earned: entry.bd, end: null, amount: points(amount) }),
    );
  }
  const given: Record<RuleId, Points> = {};
  for (const { rule, amount } of earned) addGiven(given, rule, amount);
  const used: Record<RewardId, number> = {};
  for (const { reward } of redeemed) used[reward] = (used[reward] ?? 0) + 1;
  for (const [reward, times] of entriesOf(used)) uses = withUses(uses, reward, entry.bd, times);
  const days = withTrace(state.days, entry.bd, { sale, given, uses: used, took });
  return { wallets, visits: state.visits + 1, days, uses };
}

function applyVoid(state: MemberState, entry: VoidEntry): MemberState {
  const found = findTrace(state.days, entry.body.sale);
  const { gained, lost } = ownPostings(entry);
  let { wallets, uses } = state;
  for (const [wallet, amount] of gained) {
    wallets = withWallet(
      wallets,
      wallet,
      returnParts(wallets[wallet], found?.trace.took[wallet] ?? [], points(amount), entry.bd),
    );
  }
  for (const [wallet, amount] of lost) {
    wallets = withWallet(wallets, wallet, debit(wallets[wallet], points(-amount), entry.body.sale).state);
  }
  for (const [reward, times] of entriesOf(found?.trace.uses ?? {}))
    uses = withUses(uses, reward, found?.date ?? entry.bd, -times);
  const days = found === undefined ? state.days : withoutTrace(state.days, found);
  return { wallets, visits: Math.max(0, state.visits - 1), days, uses };
}

/**
 * What the entry posts to its member in each wallet, by sign alone, since a balance is the sum of postings: in a sale what was earned and what was spent,
 * in a void what comes back and what is taken back. Which account of the books is on the other side changes nothing for the member.
 */
function ownPostings({ postings, member }: SaleEntry | VoidEntry): {
  gained: Map<WalletId, number>;
  lost: Map<WalletId, number>;
} {
  const own = postings.filter(({ account }) => member !== null && account === memberAccount(member));
  return {
    gained: sumsByWallet(own.filter(({ amount }) => amount > 0)),
    lost: sumsByWallet(own.filter(({ amount }) => amount < 0)),
  };
}

function withWallet(wallets: MemberState['wallets'], wallet: WalletId, held: WalletState): MemberState['wallets'] {
  const { [wallet]: _before, ...others } = wallets;
  if (held.lots.length === 0 && held.below === 0) return others;
  points(held.lots.reduce((sum, lot) => sum + lot.amount, 0)); // asserts that the balance is exact
  return { ...others, [wallet]: held };
}

function withUses(uses: MemberState['uses'], reward: RewardId, date: BusinessDate, by: number): MemberState['uses'] {
  const { [reward]: before = { ever: 0, months: {} }, ...others } = uses;
  const ever = Math.max(0, before.ever + by);
  if (ever === 0) return others;
  const times = Math.max(0, (before.months[monthOf(date)] ?? 0) + by);
  const months = Object.entries({ ...before.months, [monthOf(date)]: times }).filter(([, count]) => count > 0);
  const newest = months.toSorted(([left], [right]) => (left < right ? -1 : 1)).slice(-MONTHS_KEPT);
  return { ...others, [reward]: { ever, months: Object.fromEntries(newest) } };
}

function monthOf(date: BusinessDate): string {
  return date.slice(0, 7);
}
