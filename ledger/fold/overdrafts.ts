/** What was spent without a line beyond an allowance: a member's sum of it, so that everybody sees how far that went. */
import type { WalletId } from '../../base/ids.ts';
import { points, type Points } from '../../base/numbers.ts';
import type { Entry } from '../entry.ts';
import type { MemberState } from '../member-state.ts';
import type { Accounts, Draft } from './accounts.ts';
import { without, withoutNone } from './joined.ts';

/** Of an entry of any kind: it stands in the envelope. */
export function applyOverdrafts(accounts: Accounts, { allowances }: Entry): void {
  for (const { account, wallet, amount } of allowances?.overdraft ?? [])
    noteOverdrafts(accounts.draft(account), [[wallet, amount]]);
}

export function noteOverdrafts(draft: Draft, amounts: readonly (readonly [WalletId, Points])[]): void {
  for (const [wallet, amount] of amounts) {
    if (amount <= 0) continue;
    draft.overdrafts = { ...draft.overdrafts, [wallet]: points((draft.overdrafts?.[wallet] ?? 0) + amount) };
  }
}

/** Those of an account that is one of its own again. */
export function dropOverdrafts(draft: Draft, { overdrafts: gone }: MemberState): void {
  if (draft.overdrafts === undefined || gone === undefined) return;
  const left = withoutNone(without(draft.overdrafts, gone));
  delete draft.overdrafts;
  if (Object.keys(left).length > 0) draft.overdrafts = left;
}
