/**
 * Beside the balance, which a till may be behind of: how much of a wallet may be spent on the spot, without asking anybody. Who counts that is
 * no matter of evaluation; here is only when it is asked, and what it refuses.
 */
import type { WalletId } from '../../base/ids.ts';
import type { Refusal } from '../../base/result.ts';

export type SpendHere = {
  /** Units that may be spent whoever stands at the till. Infinite where nothing is counted. */
  left(wallet: WalletId): number;
  /** The same with what the people at the till may add to it. */
  most(wallet: WalletId): number;
  /** Why a sale cannot spend so much of the wallet in all. An `auto` reward is worth nobody's approval. */
  refuse(wallet: WalletId, total: number, auto: boolean): SpendRefusal | undefined;
};

/** `left`: what could be spent. */
export type SpendRefusal = Refusal<'offline-limit' | 'approval-required'> & { readonly left: number };
