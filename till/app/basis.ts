import type { BusinessDate } from '../../base/business-date.ts';
import type { Basis } from '../../ledger/entry.ts';
import { spendableOf } from '../../ledger/member-state.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import type { TillStore } from '../store/till-store.ts';
import type { KnownMember } from './member-book.ts';

/** What this till believes of the member now. */
export function basisOf(
  { store }: { readonly store: TillStore },
  { state, version }: KnownMember,
  { wallets }: Programme,
  date: BusinessDate,
): Basis {
  const { epoch, position } = store.members.lastCursor();
  const spendable = wallets.map(({ id }) => [id, spendableOf(state, id, date)] as const);
  return { epoch, version, position, spendable: Object.fromEntries(spendable) };
}
