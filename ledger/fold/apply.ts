/**
 * The fold: entries, in the total order, on the accounts that they name. Head office folds all entries; a till folds, on top of head office's
 * rows, its own entries that those have not seen. The same function, so the same numbers, in whatever order entries arrived.
 */
import type { MemberId } from '../../base/ids.ts';
import type { Entry, EntryOf } from '../entry.ts';
import type { MemberState } from '../member-state.ts';
import type { Terms } from '../terms.ts';
import { applyAdjust, applyClub, applyEnrol, applyGoal, applyTransfer } from './account.ts';
import { type Accounts, openAccounts, type States } from './accounts.ts';
import { applyClaim, applyMerge } from './merge.ts';
import { applyOverdrafts } from './overdrafts.ts';
import { applyRefund } from './refund.ts';
import { applyAttach, applySale } from './sale.ts';
import { applyUnmerge } from './unmerge.ts';
import { applyVoucher } from './vouchers.ts';

/**
 * The accounts that the entry changed, as they are after it. Whatever an entry of the right shape says, a state stays one that
 * `memberStateSchema` reads; sums beyond 2^53 break an assertion and change nothing.
 */
export function applyEntry(states: States, entry: Entry, terms: Terms): ReadonlyMap<MemberId, MemberState> {
  const accounts = openAccounts(states);
  applyTo(accounts, entry, terms);
  return accounts.changed();
}

/** Many entries at once, in the total order. */
export function foldEntries(
  states: States,
  entries: Iterable<Entry>,
  terms: Terms,
): ReadonlyMap<MemberId, MemberState> {
  const accounts = openAccounts(states);
  for (const entry of entries) applyTo(accounts, entry, terms);
  return accounts.changed();
}

export function applyTo(accounts: Accounts, entry: Entry, terms: Terms): void {
  applyOverdrafts(accounts, entry);
  if (isNoState(entry)) return;
  switch (entry.kind) {
    case 'enrol':
      return applyEnrol(accounts, entry);
    case 'sale':
      return applySale(accounts, entry, terms);
    case 'refund':
    case 'void':
      return applyRefund(accounts, entry, terms);
    case 'attach':
      return applyAttach(accounts, entry, terms);
    case 'claim':
      return applyClaim(accounts, entry, terms);
    case 'adjust':
      return applyAdjust(accounts, entry, terms);
    case 'transfer':
      return applyTransfer(accounts, entry);
    case 'club':
      return applyClub(accounts, entry);
    case 'merge':
      return applyMerge(accounts, entry, terms);
    case 'unmerge':
      return applyUnmerge(accounts, entry, terms);
    case 'voucher':
      return applyVoucher(accounts, entry);
    case 'goal':
      return applyGoal(accounts, entry, terms);
    default:
      entry satisfies never;
  }
}

/** Whose card is whose is no part of a state; what has ended counts no more, whether the books say so or not; streams and their allowances are no member's. */
const NO_STATE = ['card', 'expire', 'allowance-return', 'close', 'adopt', 'write-off'] as const;

function isNoState(entry: Entry): entry is EntryOf<(typeof NO_STATE)[number]> {
  return NO_STATE.some((kind) => kind === entry.kind);
}
