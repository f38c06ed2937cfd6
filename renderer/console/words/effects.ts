/**
 * What an entry's postings did to a member. Postings come in pairs, the member's first and its counterpart directly after it; the
 * counterpart says what the change was: from `issued` it was earned, to `redeemed` spent, and the other way round taken back or returned.
 */
import type { ConsoleEntry } from '../../../sync/protocol/console.ts';

export type EffectKind = 'earned' | 'takenBack' | 'spent' | 'returned' | 'expired' | 'restored' | 'adjusted' | 'moved';

export type Effect = {
  readonly kind: EffectKind;
  readonly wallet: string;
  /** Units, with the sign that they have for the member. */
  readonly amount: number;
};

export type Postings = ConsoleEntry['postings'];

/** `member`: whose; undefined: anybody's. */
export function effectsOn(postings: Postings, member?: string): Effect[] {
  return postings.flatMap(({ account, wallet, amount }, index) => {
    const isTheirs = member === undefined ? isMemberAccount(account) : account === `member:${member}`;
    if (!isTheirs) return [];
    return [{ kind: effectKind(postings[index + 1], wallet, amount), wallet, amount }];
  });
}

/** By wallet, in the order in which the entry names them; a wallet that ends where it was is left out. */
export function netEffects(effects: readonly Effect[]): { wallet: string; amount: number }[] {
  const sums = new Map<string, number>();
  for (const { wallet, amount } of effects) sums.set(wallet, (sums.get(wallet) ?? 0) + amount);
  return [...sums].map(([wallet, amount]) => ({ wallet, amount })).filter(({ amount }) => amount !== 0);
}

function effectKind(counter: Postings[number] | undefined, wallet: string, amount: number): EffectKind {
  if (counter === undefined || counter.wallet !== wallet || counter.amount !== -amount) return 'moved';
  switch (counter.account) {
    case 'issued':
      return amount < 0 ? 'takenBack' : 'earned';
    case 'redeemed':
      return amount < 0 ? 'spent' : 'returned';
    case 'expired':
      return amount < 0 ? 'expired' : 'restored';
    case 'adjusted':
      return 'adjusted';
    default:
      return 'moved';
  }
}

export function isMemberAccount(account: string): boolean {
  return account.startsWith('member:');
}
