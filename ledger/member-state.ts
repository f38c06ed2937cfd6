/**
 * What a member has and has done: one pure fold over the entries that name them. Head office folds all entries in the total order; a till
 * folds, on top of head office's row, its own entries that the row has not seen. The same function, so the same numbers.
 */
import { z } from 'zod';
import type { BusinessDate } from '../base/business-date.ts';
import type { MemberId, RewardId, RuleId, SaleId, WalletId } from '../base/ids.ts';
import { points, type Points } from '../base/numbers.ts';
import { memberAccount, type Entry, type Posting, type SaleEntry, type VoidEntry } from './entry.ts';
import { credit, debit, returnParts, type LotPart, type WalletState } from './wallet-state.ts';

/** What a sale of the latest business date did, as long as it can be voided; caps and limits of the day count these too. */
export type SaleTrace = {
  readonly sale: SaleId;
  readonly given: Readonly<Record<RuleId, Points>>;
  readonly uses: readonly RewardId[];
  /** The parts of lots that its redemptions took, by wallet. */
  readonly took: Readonly<Record<WalletId, readonly LotPart[]>>;
};

export type RewardUses = { readonly ever: number; readonly month: string; readonly inMonth: number };

export type MemberState = {
  readonly wallets: Readonly<Record<WalletId, WalletState>>;
  /** Sales that were not voided. */
  readonly visits: number;
  /** Latest business date with a sale, and its sales that were not voided. */
  readonly day: { readonly date: BusinessDate; readonly sales: readonly SaleTrace[] } | null;
  readonly uses: Readonly<Record<RewardId, RewardUses>>;
};

export const NEW_MEMBER_STATE: MemberState = { wallets: {}, visits: 0, day: null, uses: {} };

/** The state after the entry. An entry of another member, or of a kind that changes no state, leaves it as it is. */
export function applyEntry(state: MemberState, entry: Entry, member: MemberId): MemberState {
  switch (entry.kind) {
    case 'enrol':
      return state;
    case 'sale':
      return applySale(state, entry, member);
    case 'void':
      return applyVoid(state, entry, member);
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
  const sums = new Map<RuleId, Points>();
  for (const trace of state.day?.date === date ? state.day.sales : []) {
    for (const [rule, amount] of entriesOf(trace.given)) sums.set(rule, points((sums.get(rule) ?? 0) + amount));
  }
  return sums;
}

/** Uses of a reward that count on this business date against a limit per day, per month and ever. */
export function usesOn(state: MemberState, reward: RewardId, date: BusinessDate): { day: number; month: number; ever: number } {
  const uses = state.uses[reward];
  const today = state.day?.date === date ? state.day.sales : [];
  return {
    day: today.flatMap((trace) => trace.uses).filter((used) => used === reward).length,
    month: uses !== undefined && uses.month === monthOf(date) ? uses.inMonth : 0,
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

/** For rows that come over the wire. */
export const memberStateSchema = z.strictObject({
  wallets: z.record(z.string(), z.strictObject({ lots: z.array(lotPart), below: wholeUnits })),
  visits: wholeUnits,
  day: z
    .strictObject({
      date: z.string(),
      sales: z.array(
        z.strictObject({
          sale: z.string(),
          given: z.record(z.string(), wholeUnits),
          uses: z.array(z.string()),
          took: z.record(z.string(), z.array(lotPart)),
        }),
      ),
    })
    .nullable(),
  uses: z.record(z.string(), z.strictObject({ ever: wholeUnits, month: z.string(), inMonth: wholeUnits })),
}) as unknown as z.ZodType<MemberState>; // the schema checks shapes; brands have no run-time form

function applySale(state: MemberState, entry: SaleEntry, member: MemberId): MemberState {
  const { sale, earned, redeemed } = entry.body;
  const wallets = { ...state.wallets };
  const took: Record<WalletId, readonly LotPart[]> = {};
  for (const { wallet, amount } of ownPostings(entry.postings, member, 'redeemed')) {
    const taken = debit(wallets[wallet], points(-amount));
    wallets[wallet] = taken.state;
    took[wallet] = taken.parts;
  }
  for (const { wallet, amount } of ownPostings(entry.postings, member, 'issued')) {
    wallets[wallet] = credit(wallets[wallet], { sale, earned: entry.bd, end: null, amount });
  }
  const given: Record<RuleId, Points> = {};
  for (const { rule, amount } of earned) given[rule] = points((given[rule] ?? 0) + amount);
  const uses = redeemed.map((redemption) => redemption.reward);
  return {
    wallets,
    visits: state.visits + 1,
    day: withTrace(state.day, entry.bd, { sale, given, uses, took }),
    uses: uses.reduce((counts, reward) => countUse(counts, reward, entry.bd, 1), state.uses),
  };
}

function applyVoid(state: MemberState, entry: VoidEntry, member: MemberId): MemberState {
  const trace = state.day?.sales.find((candidate) => candidate.sale === entry.body.sale);
  const wallets = { ...state.wallets };
  for (const { wallet, amount } of ownPostings(entry.postings, member, 'redeemed')) {
    wallets[wallet] = returnParts(wallets[wallet], trace?.took[wallet] ?? [], amount, entry.bd);
  }
  for (const { wallet, amount } of ownPostings(entry.postings, member, 'issued')) {
    wallets[wallet] = debit(wallets[wallet], points(-amount), entry.body.sale).state;
  }
  return {
    wallets,
    visits: Math.max(0, state.visits - 1),
    day: state.day && { ...state.day, sales: state.day.sales.filter((candidate) => candidate !== trace) },
    uses: (trace?.uses ?? []).reduce((counts, reward) => countUse(counts, reward, entry.bd, -1), state.uses),
  };
}

/** The member's postings of an entry whose other side is `counter`: what was spent or returned, and what was earned or taken back. */
function ownPostings(postings: readonly Posting[], member: MemberId, counter: 'issued' | 'redeemed'): Posting[] {
  const account = memberAccount(member);
  // Postings come in pairs, the member's first, so that one wallet can be both earned and spent in an entry.
  return postings.filter((posting, index) => posting.account === account && postings[index + 1]?.account === counter);
}

function withTrace(day: MemberState['day'], date: BusinessDate, trace: SaleTrace): MemberState['day'] {
  if (day === null || date > day.date) return { date, sales: [trace] };
  // A till's sale of an earlier day on top of a newer row: the day is over, nothing of it counts any more.
  return date < day.date ? day : { date, sales: [...day.sales, trace] };
}

function countUse(
  uses: MemberState['uses'],
  reward: RewardId,
  date: BusinessDate,
  by: 1 | -1,
): MemberState['uses'] {
  const month = monthOf(date);
  const before = uses[reward] ?? { ever: 0, month, inMonth: 0 };
  const inMonth = before.month === month ? before.inMonth : 0;
  if (before.month > month) return { ...uses, [reward]: { ...before, ever: Math.max(0, before.ever + by) } };
  return { ...uses, [reward]: { ever: Math.max(0, before.ever + by), month, inMonth: Math.max(0, inMonth + by) } };
}

function monthOf(date: BusinessDate): string {
  return date.slice(0, 7);
}

function entriesOf<Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][]; // Object.entries forgets the keys' brand
}
