/** What this till may spend of a member: the parts of all ids that lead to them (E10), at the incarnation that writes. */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { MemberId, WalletId } from '../../../base/ids.ts';
import { points, type Points } from '../../../base/numbers.ts';
import { type HeldPart, openLeft } from '../../../ledger/allowances/spend.ts';
import type { TillContext } from '../context.ts';
import type { MemberBook } from '../member-book.ts';
import { redemptionStop } from './redemption-stop.ts';

export type HeldParts = Pick<TillContext, 'store' | 'stream'> & { readonly members: Pick<MemberBook, 'stateOf'> };

/** Merges lead on from one to the next; more than so many ids are no person's. */
const IDS_MAX = 200;

/** Of all wallets, whatever their ends. */
export function heldBy(parts: HeldParts, member: MemberId): readonly HeldPart[] {
  const inc = parts.stream()?.inc;
  if (inc === undefined) return [];
  return idsLeadingTo(parts, member).flatMap((account) => parts.store.allowances.heldOf(inc, account));
}

/** Of one wallet, on the date; nothing where this till may spend nothing. */
export function offlineLeft(parts: HeldParts, member: MemberId, date: BusinessDate): (wallet: WalletId) => Points {
  let held: readonly HeldPart[] | undefined;
  return (wallet) => {
    if (redemptionStop(parts) !== undefined) return points(0);
    held ??= heldBy(parts, member);
    return openLeft(
      held.filter((part) => part.wallet === wallet),
      date,
    );
  };
}

/** The member's own id first. An account counts where it leads here by what this till knows of it now. */
export function idsLeadingTo({ store, members }: HeldParts, member: MemberId): readonly MemberId[] {
  const found = new Set([member]);
  for (const id of found) {
    for (const account of [...store.members.leadsInto(id), ...store.ownLeads.into(id)]) {
      if (found.size < IDS_MAX && members.stateOf(account).into === id) found.add(account);
    }
  }
  return [...found];
}
