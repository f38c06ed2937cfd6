/** Writes an entry together with all that it changes: the accounts that it names, as this till knows them after it. */
import type { MemberId } from '../../base/ids.ts';
import { accountsIn, type Entry, type EntryKind, type EntryOf } from '../../ledger/entry.ts';
import { applyEntry } from '../../ledger/fold/apply.ts';
import type { MemberState } from '../../ledger/member-state.ts';
import type { CommitParts } from './commit-sale.ts';
import type { AppendEntry, Draft } from './entry-writer.ts';

export type Recorded<Kind extends EntryKind> = {
  readonly entry: EntryOf<Kind>;
  /** Of the account that the id leads to, after the entry. */
  stateAfter(account: MemberId): MemberState;
};

/** Inside the writer's transaction. */
export function recordEntry<Kind extends EntryKind>(
  { members, programmes }: CommitParts,
  append: AppendEntry,
  draft: Draft<Kind>,
): Recorded<Kind> {
  const before = statesBefore(members, accountsIn(draft as unknown as Entry)); // all of an entry that names accounts
  const entry = append(draft);
  const changed = applyEntry({ get: before }, entry, programmes.terms);
  const after = (account: MemberId): MemberState => changed.get(account) ?? before(account);
  for (const account of new Set([...accountsIn(entry), ...changed.keys()]))
    members.keep(account, entry, after(account));
  return { entry, stateAfter: after };
}

/** Once the entry is in the book, a state that is folded anew has it already: all that it can touch is looked up before. */
function statesBefore(
  { stateOf }: CommitParts['members'],
  accounts: readonly MemberId[],
): (account: MemberId) => MemberState {
  const states = new Map<MemberId, MemberState>();
  const before = (account: MemberId): MemberState => {
    const state = states.get(account) ?? stateOf(account);
    states.set(account, state);
    return state;
  };
  const queue = [...accounts];
  for (let account = queue.pop(); account !== undefined; account = queue.pop()) {
    if (states.has(account)) continue;
    const { into } = before(account);
    if (into !== null) queue.push(into);
  }
  return before;
}
