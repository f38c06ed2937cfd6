/** What the checkers know of accounts and of what is out, read from head office's tables without any of its rules: those may be off. */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { IncarnationId, MemberId, WalletId } from '../../../base/ids.ts';
import { leadOf } from '../../../ledger/fold/accounts.ts';
import type { MemberState } from '../../../ledger/member-state.ts';
import type { Programme } from '../../../loyalty/programme/programme.ts';
import { leftIn } from '../memory-store/allowances.ts';
import type { Tables } from '../memory-store/tables.ts';

export type Office = {
  readonly tables: Tables;
  readonly today: BusinessDate;
  readonly programme: Programme | undefined;
};

/** By their text: a state is asked for many times between two folds. */
const parsed = new Map<MemberId, { readonly text: string; readonly state: MemberState }>();

export function stateOf({ states }: Tables, account: MemberId): MemberState | undefined {
  const text = states.get(account)?.state;
  if (text === undefined) return undefined;
  const known = parsed.get(account);
  if (known?.text === text) return known.state;
  const state = JSON.parse(text) as MemberState; // as the fold wrote it
  if (parsed.size > 100) parsed.clear();
  parsed.set(account, { text, state });
  return state;
}

export function rootOf(tables: Tables, account: MemberId): MemberId {
  return leadOf(account, { get: (id) => stateOf(tables, id) });
}

/** All ids that lead to it; the rights of each stay its own (E10). */
export function idsOf(tables: Tables, root: MemberId): readonly MemberId[] {
  const accounts = tables.states.keys() as MemberId[]; // the keys of this table
  return accounts.filter((account) => rootOf(tables, account) === root);
}

export type Out = { readonly inc: IncarnationId; readonly end: BusinessDate | null; readonly amount: number };

/** What is out of a wallet, ended ones and fenced tills' included (E5). */
export function outOf({ tables }: Pick<Office, 'tables'>, root: MemberId, wallet: WalletId): Out[] {
  const ids = new Set(idsOf(tables, root));
  return tables.allowances.values().flatMap((row) => {
    const amount = leftIn(row);
    if (!ids.has(row.account) || row.wallet !== wallet || amount === 0) return [];
    return tables.incarnations.get(row.inc)?.closedAt === null ? [{ inc: row.inc, end: row.end, amount }] : [];
  });
}
