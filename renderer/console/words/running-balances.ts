/** A member's ledger, counted back from the balances of now: what each entry left in the wallets that it changed. */
import type { ConsoleEntry, MemberDetail } from '../../../sync/protocol/console.ts';
import { effectsOn, netEffects, type Effect } from './effects.ts';

export type LedgerLine = {
  readonly entry: ConsoleEntry;
  readonly effects: readonly Effect[];
  /** By changed wallet: the entry's whole effect, and the balance after it. */
  readonly wallets: readonly { readonly wallet: string; readonly amount: number; readonly after: number }[];
};

/** `entries`: newest first, from the very newest on. */
export function ledgerLines(
  entries: readonly ConsoleEntry[],
  { id, balances }: Pick<MemberDetail, 'id' | 'balances'>,
): LedgerLine[] {
  const after = new Map(balances.map(({ wallet, balance }) => [wallet, balance]));
  return entries.map((entry) => {
    const effects = effectsOn(entry.postings, id);
    const wallets = netEffects(effects).map(({ wallet, amount }) => ({
      wallet,
      amount,
      after: after.get(wallet) ?? 0,
    }));
    for (const { wallet, amount } of wallets) after.set(wallet, (after.get(wallet) ?? 0) - amount);
    return { entry, effects, wallets };
  });
}
