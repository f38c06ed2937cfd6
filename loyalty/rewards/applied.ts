import type { RewardId } from '../../base/ids.ts';
import type { Minor } from '../../base/numbers.ts';
import type { Refusal } from '../../base/result.ts';
import type { Unmet } from '../conditions/unmet.ts';
import type { RefusalCode } from '../refusals.ts';
import type { WalletAmount } from '../wallet-amounts.ts';
import type { LineDiscount, RewardExtras } from './kinds/kind.ts';
import type { GiveKind } from './kinds/table.ts';

/** A reward as it was applied to a sale; JSON carries it unchanged. */
export type AppliedReward = RewardExtras & {
  readonly reward: RewardId;
  readonly kind: GiveKind;
  /** Applied without being asked for. */
  readonly auto: boolean;
  readonly cost: WalletAmount | null;
  /** Minor units, over all lines. */
  readonly discount: Minor;
  readonly lines: readonly LineDiscount[];
};

export type RewardRefusal = Refusal<RefusalCode> & {
  readonly reward?: RewardId;
  /** With `insufficient-balance`: how much of the wallet is missing. */
  readonly missing?: number;
  /** With `offline-limit`: how much of the wallet may be spent here. */
  readonly left?: number;
  /** With `not-eligible` and `limit-reached`: what was not met. */
  readonly because?: readonly Unmet[];
};
