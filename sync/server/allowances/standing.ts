/** Accounts with all ids that lead to them, their states, and what is out of them: what every decision over allowances is made on. */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { IncarnationId, MemberId, WalletId } from '../../../base/ids.ts';
import { type Standing, standingOf } from '../../../ledger/allowances/grant.ts';
import { isOpen } from '../../../ledger/allowances/part.ts';
import { RULES } from '../../../ledger/allowances/rules.ts';
import { leadOf } from '../../../ledger/fold/accounts.ts';
import { NEW_MEMBER_STATE, type MemberState } from '../../../ledger/member-state.ts';
import { includesOf, stateOf } from '../fold/fold-accounts.ts';
import { outOfAccounts, type OutPart } from '../store/allowances.ts';
import type { Queries } from '../store/client.ts';
import { loadGroups } from '../store/entry-index.ts';
import { findStates, type StateRow } from '../store/member-states.ts';

export type Holding = {
  /** The account that the others lead to. */
  readonly root: MemberId;
  readonly state: MemberState;
  /** All that is out, of all ids that lead to it (E10). */
  readonly out: readonly OutPart[];
  /** Incarnations with entries on it, the one that wrote last first. */
  readonly usual: readonly IncarnationId[];
};

export type Holdings = {
  /** By the account that others lead to. */
  readonly byRoot: Map<MemberId, Holding>;
  rootOf(account: MemberId): MemberId;
};

/**
 * Of the accounts that these lead to, each once. The caller is the only one that decides: it holds the lock of the fold. `known`: rows that
 * it has just written.
 */
export async function loadHoldings(
  queries: Queries,
  accounts: readonly MemberId[],
  known: readonly StateRow[] = [],
): Promise<Holdings> {
  const groups = await loadGroups(queries, accounts);
  const all = [...new Set(accounts.flatMap((account) => groups.together(account)))];
  const rows = new Map(known.map((row) => [row.member, row]));
  const missing = all.filter((account) => !rows.has(account));
  if (missing.length > 0) for (const [account, row] of await findStates(queries, missing)) rows.set(account, row);
  const states = new Map(all.flatMap((account) => statesIn(rows, account)));
  const rootOf = (account: MemberId): MemberId => leadOf(account, states);
  const out = Map.groupBy(await outOfAccounts(queries, all), ({ account }) => (RULES.E10 ? rootOf(account) : account));
  const ids = Map.groupBy(all, rootOf);
  const byRoot = new Map(
    [...new Set(accounts.map(rootOf))].map((root) => {
      const together = (ids.get(root) ?? [root]).flatMap((account) => rows.get(account) ?? []);
      const usual = usualOf(together);
      const holding: Holding = { root, state: states.get(root) ?? NEW_MEMBER_STATE, out: out.get(root) ?? [], usual };
      return [root, holding] as const;
    }),
  );
  return { byRoot, rootOf };
}

function statesIn(rows: ReadonlyMap<MemberId, StateRow>, account: MemberId): (readonly [MemberId, MemberState])[] {
  const row = rows.get(account);
  return row === undefined ? [] : [[account, stateOf(row)]];
}

/** An order key ends with the incarnation and the seq that it is of; what others wrote before that is told by no date. */
function usualOf(rows: readonly { readonly lastOrder: string; readonly includes: string }[]): IncarnationId[] {
  const last = rows.toSorted((left, right) => (left.lastOrder < right.lastOrder ? 1 : -1))[0];
  const incs = rows.flatMap(({ includes }) => Object.keys(includesOf(includes)) as IncarnationId[]); // keys of that record
  const isLast = (inc: IncarnationId): boolean => last?.lastOrder.includes(inc) === true;
  return [...new Set(incs)].toSorted((left, right) => Number(isLast(right)) - Number(isLast(left)));
}

export function standingIn({ state, out }: Holding, wallet: WalletId, today: BusinessDate): Standing {
  const counted = out.filter((part) => part.wallet === wallet && (RULES.E5 || (!part.fenced && isOpen(part, today))));
  return standingOf(state.wallets[wallet], counted, today);
}
