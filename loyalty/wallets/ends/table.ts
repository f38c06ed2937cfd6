import { z } from 'zod';
import { fromActivity } from './activity.ts';
import { fromEarn } from './earn.ts';
import type { WalletEnd } from './end.ts';

/** The one place where wallet ends are registered. */
export const expiryFromSchema = z.enum(['earn', 'activity'], 'must be earn or activity');
export type ExpiryFrom = z.output<typeof expiryFromSchema>;

const ENDS: Readonly<Record<ExpiryFrom, WalletEnd>> = { earn: fromEarn, activity: fromActivity };

export function walletEnd(from: ExpiryFrom): WalletEnd {
  return ENDS[from];
}
