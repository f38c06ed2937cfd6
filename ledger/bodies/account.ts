import { z } from 'zod';
import type { BusinessDate } from '../../base/business-date.ts';
import type { CardCode, MemberId, WalletId } from '../../base/ids.ts';
import type { Points } from '../../base/numbers.ts';
import { amount, date, id, key, units } from './fields.ts';

/** Bodies of what happens to a member's account without a sale. */

export type AdjustBody = { readonly wallet: WalletId; /** Signed. */ readonly amount: Points; readonly reason: string };

/** From the entry's member. The one entry that names lots: the receiver's keep their ends and earned dates. */
export type TransferBody = {
  readonly to: MemberId;
  readonly wallet: WalletId;
  readonly amount: Points;
  readonly lots: readonly {
    readonly earned: BusinessDate;
    readonly end: BusinessDate | null;
    readonly amount: Points;
  }[];
};

export type CardBody =
  | { readonly action: 'link' | 'block'; readonly card: CardCode }
  | { readonly action: 'replace'; readonly card: CardCode; readonly new: CardCode };

export type ClubBody = { readonly club: string; readonly action: 'join' | 'leave' };

/** Head office: two records of one person. `from` leads to the entry's member from then on. */
export type MergeBody = {
  readonly from: MemberId;
  /** Two tills enrolled the same person: what both records had that a member can have once, `from` gives up. */
  readonly once?: true;
};
/** Head office undoes a merge: what is left of what `from` brought goes back to it. */
export type UnmergeBody = { readonly from: MemberId };

/** Head office: a club's goal was reached, and the entry's member took part. */
export type GoalBody = {
  readonly club: string;
  readonly goal: string;
  readonly wallet: WalletId;
  readonly amount: Points;
};

/** Head office writes off in the books what has ended; balances are derived from dates, and the fold passes it over. */
export type ExpireBody = { readonly wallet: WalletId; readonly amount: Points; readonly end: BusinessDate };

export const adjustV1 = z.looseObject({ wallet: key, amount: units, reason: z.string().min(1).max(500) });
export const transferV1 = z.looseObject({
  to: id,
  wallet: key,
  amount,
  lots: z.array(z.looseObject({ earned: date, end: date.nullable(), amount })),
});
export const cardV1 = z.discriminatedUnion('action', [
  z.looseObject({ action: z.literal('link'), card: id }),
  z.looseObject({ action: z.literal('block'), card: id }),
  z.looseObject({ action: z.literal('replace'), card: id, new: id }),
]);
export const clubV1 = z.looseObject({ club: key, action: z.enum(['join', 'leave']) });
export const mergeV1 = z.looseObject({ from: id, once: z.literal(true).optional() });
export const goalV1 = z.looseObject({ club: key, goal: key, wallet: key, amount });
export const expireV1 = z.looseObject({ wallet: key, amount, end: date });
