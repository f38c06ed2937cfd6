/** Writes an entry together with all that it changes: the accounts that it names, as this till knows them after it. */
import type { MemberId } from '../../base/ids.ts';
import { accountsIn, type EntryKind, type EntryOf } from '../../ledger/entry.ts';
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
  const entry = append(draft);
  const changed = applyEntry({ get: members.stateOf }, entry, programmes.terms);
  for (const account of new Set([...accountsIn(entry), ...changed.keys()])) {
    members.keep(account, entry, changed.get(account) ?? members.stateOf(account));
  }
  return { entry, stateAfter: (account) => changed.get(account) ?? members.stateOf(account) };
}
