/** What of a member is shown where there is room for little. Pure. */
import type { MemberView } from '../../../../../till/contract/shapes.ts';

/** The first few, and how many are left. */
export function firstOf<Item>(items: readonly Item[], most: number): { shown: readonly Item[]; more: number } {
  return { shown: items.slice(0, most), more: Math.max(0, items.length - most) };
}

/** The badge that is nearest by the share of its way; null where none can still be earned. */
export function nextBadge(badges: MemberView['badges']): MemberView['badges'][number] | null {
  const open = badges.filter(({ missing }) => missing !== null);
  return open.toSorted((a, b) => b.count / b.at - a.count / a.at)[0] ?? null;
}

/** What a wallet says beside its balance: the next that becomes spendable and the next that ends, and how many more there are. */
export function walletNews({ pending, endingSoon }: Pick<MemberView, 'pending' | 'endingSoon'>, wallet: string) {
  const ripening = pending.filter((lot) => lot.wallet === wallet);
  const ending = endingSoon.filter((lot) => lot.wallet === wallet);
  return { ripening: firstOf(ripening, 1), ending: firstOf(ending, 1) };
}
