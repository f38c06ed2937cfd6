import { z } from 'zod';
import type { HashHex, RewardId } from '../../base/ids.ts';
import { hash, key } from './fields.ts';

/** A voucher that was brought back. The entry's member is the voucher's own account (ledger/vouchers.ts). */
export type VoucherBody = {
  readonly code: HashHex;
  readonly reward: RewardId;
  /** The POS's own name of what it was given for. */
  readonly reference: string | null;
};

export const voucherV1 = z.looseObject({ code: hash, reward: key, reference: z.string().max(64).nullable() });
