/** Short ways to fold and to look at what came of it. Only tests import this. */
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId, WalletId } from '../../base/ids.ts';
import { parsedProgramme } from '../../loyalty/testing/build.ts';
import type { Entry } from '../entry.ts';
import { foldEntries } from '../fold/apply.ts';
import { balanceOf, type MemberState, NEW_MEMBER_STATE, spendableOf } from '../member-state.ts';
import { byOrder } from '../order.ts';
import type { Terms } from '../terms.ts';
import { MEMBER, MONDAY, POINTS } from './books.ts';
import { termsOf } from './programme.ts';

export const day = (text: string): BusinessDate => text as BusinessDate; // in its form

/** Terms of a document with parts of its own. */
export function terms(parts: Readonly<Record<string, unknown>> = {}): Terms {
  return termsOf(parsedProgramme(parts));
}

/** In the total order. */
export function foldAll(
  entries: readonly Entry[],
  by: Terms = terms(),
  from: ReadonlyMap<MemberId, MemberState> = new Map(),
): ReadonlyMap<MemberId, MemberState> {
  return new Map([...from, ...foldEntries(from, entries.toSorted(byOrder), by)]);
}

export function stateAfter(entries: readonly Entry[], by: Terms = terms(), member: MemberId = MEMBER): MemberState {
  return foldAll(entries, by).get(member) ?? NEW_MEMBER_STATE;
}

/** What the member has on the date, and of it what can be spent. */
export function has(state: MemberState, date: BusinessDate = MONDAY, wallet: WalletId = POINTS): [number, number] {
  return [balanceOf(state, wallet, date), spendableOf(state, wallet, date)];
}

/** `amount until end` of each lot, in spending order. */
export function lots(state: MemberState, wallet: WalletId = POINTS): string[] {
  return (state.wallets[wallet]?.lots ?? []).map(({ amount, end }) => `${amount} until ${end}`);
}
