/**
 * A grant as it travels (E4): signed by head office for one part of one incarnation, cumulative, and bound to the head of the till's chain that
 * it was computed at. A till whose chain lacks that head is a copy, or was restored: it applies nothing and spends nothing.
 */
import { z } from 'zod';
import type { BusinessDate } from '../../base/business-date.ts';
import type { HashHex, IncarnationId, MemberId, WalletId } from '../../base/ids.ts';
import { points, type Points } from '../../base/numbers.ts';
import { amount, date, hash, id, key } from '../bodies/fields.ts';
import type { PartKey } from './part.ts';

export type Grant = PartKey & {
  readonly inc: IncarnationId;
  /** Of head office; one that is older than the newest seen is ignored. */
  readonly epoch: string;
  /** All that was ever granted of this part. */
  readonly granted: Points;
  /** The entry that the till's counters were known up to, 0 for none, and the head after it. */
  readonly at: { readonly seq: number; readonly head: HashHex };
};

export type SignedGrant = Grant & { readonly signature: string };

/** The exact text that is signed. */
export function grantText({ inc, epoch, account, wallet, end, granted, at }: Grant): string {
  return `LOYALTILL-GRANT-1\n${JSON.stringify([inc, epoch, account, wallet, end, granted, at.seq, at.head])}`;
}

export const signedGrantSchema = z
  .object({
    inc: id,
    epoch: id,
    account: id,
    wallet: key,
    end: date.nullable(),
    granted: amount,
    at: z.object({ seq: z.int().min(0), head: hash }),
    signature: z.string().min(1).max(200),
  })
  .transform((grant): SignedGrant => ({
    inc: grant.inc as IncarnationId, // an id of head office's making
    epoch: grant.epoch,
    account: grant.account as MemberId, // likewise
    wallet: grant.wallet as WalletId, // likewise
    end: grant.end as BusinessDate | null, // checked by its schema
    granted: points(grant.granted),
    at: { seq: grant.at.seq, head: grant.at.head as HashHex }, // checked by its schema
    signature: grant.signature,
  }));
