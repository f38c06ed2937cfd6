import type { BusinessDate } from '../base/business-date.ts';
import type { MemberId, RewardId, RuleId, WalletId } from '../base/ids.ts';
import type { Points } from '../base/numbers.ts';
import type { SpendHere } from './rewards/spend-here.ts';

/** Month and day: a till never keeps the year. Month 1 to 12, day 1 to 31; 29 February is one. */
export type Birthday = { readonly month: number; readonly day: number };

/** How often a member has used a reward, sales since voided or returned in full left out (fine print 22). */
export type RewardUses = {
  /** On the sale's business date. */
  readonly day: number;
  /** In its calendar month, that date included. */
  readonly month: number;
  readonly ever: number;
};

/**
 * What evaluation needs to know of a member, as before the sale (fine print 9) and as the till knows it (fine print 12).
 * The ledger makes it; a wallet, rule or reward that is not in a map counts 0.
 */
export type MemberFacts = {
  readonly id: MemberId;
  /** An account that nobody has claimed yet: it earns as a member does, and takes no reward (fine print 19). */
  readonly unclaimed: boolean;
  readonly birthday?: Birthday | undefined;
  readonly segments: readonly string[];
  /** The level held on the sale's business date; null: none. */
  readonly level: string | null;
  /** Memberships that run on that date. */
  readonly memberships: ReadonlySet<string>;
  readonly clubs: ReadonlySet<string>;
  /** Never below zero, pending lots left out. */
  readonly spendable: ReadonlyMap<WalletId, Points>;
  /** What of it may be spent here; left out: all. */
  readonly spendHere?: SpendHere | undefined;
  /** Earlier sales, refunded ones included, voided ones not (fine print 29). */
  readonly visits: number;
  /** What each rule still gives in the member's other sales of this business date. */
  readonly earnedToday: ReadonlyMap<RuleId, Points>;
  readonly rewardUses: ReadonlyMap<RewardId, RewardUses>;
  /** By sku, the business dates of earlier sales of which the member still has some of it; one date for each sale. */
  readonly purchases: ReadonlyMap<string, readonly BusinessDate[]>;
};
