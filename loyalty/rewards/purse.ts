import type { WalletId } from '../../base/ids.ts';
import type { Situation } from '../sale/situation.ts';
import { costOfPlanned, type PlannedReward } from './plan.ts';

type Amounts = ReadonlyMap<WalletId, number>;

/** What a member's wallets still have for the rewards of a plan, by wallet that one of them costs. A purse never changes. */
export type Purse = {
  /** Of the balances before the sale: a sale's own earnings cannot pay for its rewards. */
  readonly left: Amounts;
  /** What the asked-for rewards that have not had their turn still need. */
  readonly reserved: Amounts;
  /** What the last `auto` reward that took from the wallet could have done without. The ones before it could do without more. */
  readonly spare: Amounts;
  /** What of the balances may not be spent here. */
  readonly elsewhere: Amounts;
};

export function openPurse(plan: readonly PlannedReward[], { member }: Situation): Purse {
  const left = new Map<WalletId, number>();
  const reserved = new Map<WalletId, number>();
  const elsewhere = new Map<WalletId, number>();
  for (const planned of plan) {
    const cost = costOfPlanned(planned);
    if (cost === undefined) continue;
    const balance = member?.spendable.get(cost.wallet) ?? 0;
    left.set(cost.wallet, balance);
    elsewhere.set(cost.wallet, Math.max(0, balance - (member?.spendHere?.left(cost.wallet) ?? balance)));
    if (!planned.auto) reserved.set(cost.wallet, (reserved.get(cost.wallet) ?? 0) + cost.amount);
  }
  return { left, reserved, spare: new Map(), elsewhere };
}

/** Asked-for rewards see what is left in the wallet; `auto` ones what no asked-for reward still needs. */
export function availableFor(planned: PlannedReward, { left, reserved }: Purse): number {
  const cost = costOfPlanned(planned);
  if (cost === undefined) return 0;
  return (left.get(cost.wallet) ?? 0) - (planned.auto ? (reserved.get(cost.wallet) ?? 0) : 0);
}

export function takenFrom(purse: Purse, planned: PlannedReward): Purse {
  const cost = costOfPlanned(planned);
  if (cost === undefined) return purse;
  const { wallet, amount } = cost;
  const left = new Map(purse.left).set(wallet, (purse.left.get(wallet) ?? 0) - amount);
  if (!planned.auto) {
    return {
      ...purse,
      left,
      reserved: new Map(purse.reserved).set(wallet, (purse.reserved.get(wallet) ?? 0) - amount),
    };
  }
  const over = availableFor(planned, purse) - amount;
  const spare = over - (purse.elsewhere.get(wallet) ?? 0);
  return { ...purse, left, spare: new Map(purse.spare).set(wallet, spare) };
}

/**
 * The purse after the same first rewards of another plan, which opened with `opened`; undefined where other `auto` ones of
 * them could have been applied, because that plan reserves less or more than was spare.
 */
export function purseAfterSame(after: Purse, openedBefore: Purse, opened: Purse): Purse | undefined {
  const reserved = new Map(after.reserved);
  for (const wallet of new Set([...openedBefore.reserved.keys(), ...opened.reserved.keys()])) {
    const more = (opened.reserved.get(wallet) ?? 0) - (openedBefore.reserved.get(wallet) ?? 0);
    const spare = after.spare.get(wallet) ?? Number.POSITIVE_INFINITY;
    const isSame = more >= 0 && more <= spare;
    if (!isSame) return undefined;
    reserved.set(wallet, (reserved.get(wallet) ?? 0) + more);
  }
  const left = new Map([...opened.left].map(([wallet, before]) => [wallet, after.left.get(wallet) ?? before]));
  return { left, reserved, spare: after.spare, elsewhere: opened.elsewhere };
}
