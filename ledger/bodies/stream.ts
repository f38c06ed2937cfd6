import { z } from 'zod';
import type { HashHex, IncarnationId } from '../../base/ids.ts';
import type { AllowancePart } from '../allowances/part.ts';
import { amount, count, date, hash, id, key } from './fields.ts';

/** Bodies of what concerns streams and their allowances, and no member's balance. */

/** What is given back stands in the entry's `allowances`. */
export type AllowanceReturnBody = { readonly reason: 'ended' | 'recalled' | 'closing' };

/** The last word of an incarnation: every allowance of it ends, grants that are still on their way included (E5). */
export type CloseBody = { readonly reason: 'fenced' | 'enrols-again' };

/** A new incarnation vouches for entries that an older one of the same till wrote and could not prove. */
export type AdoptBody = {
  readonly inc: IncarnationId;
  readonly from: number;
  readonly to: number;
  /** Of the chain after `to`. */
  readonly head: HashHex;
};

/** Head office: a named person takes the risk that these allowances, at a till that is gone, were spent (E5). */
export type WriteOffBody = {
  readonly inc: IncarnationId;
  readonly parts: readonly AllowancePart[];
  readonly reason: string;
};

export const allowanceReturnV1 = z.looseObject({ reason: z.enum(['ended', 'recalled', 'closing']) });
export const closeV1 = z.looseObject({ reason: z.enum(['fenced', 'enrols-again']) });
export const adoptV1 = z.looseObject({ inc: id, from: count, to: count, head: hash });
export const writeOffV1 = z.looseObject({
  inc: id,
  parts: z.array(z.looseObject({ account: id, wallet: key, end: date.nullable(), amount })),
  reason: z.string().min(1).max(500),
});
