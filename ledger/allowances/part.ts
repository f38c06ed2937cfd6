/**
 * Allowances are counted in parts: an account, one of its wallets, the end of the lots that they rest on, at one incarnation of a till.
 * Within an entry the incarnation is the entry's own. What an entry says of them stands in its envelope, not in its body, so that it is
 * counted whatever the entry's kind, those of a later version included.
 */
import { z } from 'zod';
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId, WalletId } from '../../base/ids.ts';
import type { Points } from '../../base/numbers.ts';
import { amount, date, id, key } from '../bodies/fields.ts';

export type PartKey = {
  readonly account: MemberId;
  readonly wallet: WalletId;
  /** First business date on which it can no longer be spent; null: never. */
  readonly end: BusinessDate | null;
};

export type AllowancePart = PartKey & {
  /** Above 0. */
  readonly amount: Points;
};

/** Spent offline beyond the allowance, under the tolerant policy; never counted as spent of any part. */
export type Overdraft = { readonly account: MemberId; readonly wallet: WalletId; readonly amount: Points };

/** Amounts by part; a list that would be empty is left out. */
export type EntryAllowances = {
  /** Own earnings that may be spent at this till at once. */
  readonly own?: readonly AllowancePart[];
  readonly spent?: readonly AllowancePart[];
  /** Given back to head office. */
  readonly returned?: readonly AllowancePart[];
  readonly overdraft?: readonly Overdraft[];
};

const part = z.looseObject({ account: id, wallet: key, end: date.nullable(), amount });

export const entryAllowancesSchema = z.looseObject({
  own: z.array(part).optional(),
  spent: z.array(part).optional(),
  returned: z.array(part).optional(),
  overdraft: z.array(z.looseObject({ account: id, wallet: key, amount })).optional(),
});

/** One text for one part, for maps. */
export function partText({ account, wallet, end }: PartKey): string {
  return JSON.stringify([account, wallet, end]);
}

export function isOpen({ end }: Pick<PartKey, 'end'>, date: BusinessDate): boolean {
  return end === null || date < end;
}

/** Earliest end first; what never ends comes last. */
export function byEnd(left: Pick<PartKey, 'end'>, right: Pick<PartKey, 'end'>): number {
  if (left.end === right.end) return 0;
  if (left.end === null) return 1;
  if (right.end === null) return -1;
  return left.end < right.end ? -1 : 1;
}

/** Without what is empty; undefined where nothing is left. */
export function allowancesSaid(said: EntryAllowances): EntryAllowances | undefined {
  const parts = Object.entries(said).filter(([, list]) => list.length > 0);
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
}
