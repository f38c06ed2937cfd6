/** Writes an entry together with all that it changes: the accounts that it names, as this till knows them after it. */
import type { MemberId } from '../../base/ids.ts';
import { accountsIn, type Entry, type EntryKind, type EntryOf } from '../../ledger/entry.ts';
import { applyEntry } from '../../ledger/fold/apply.ts';
import type { MemberState } from '../../ledger/member-state.ts';
import type { CommitParts } from './commit-sale.ts';
import type { AppendEntry, Draft } from './entry-writer.ts';
import type { KnownMember } from './member-book.ts';
import type { Standing } from './member-standing.ts';

export type Recorded<Kind extends EntryKind> = {
  readonly entry: EntryOf<Kind>;
  /** Of the account that the id leads to, after the entry. */
  stateAfter(account: MemberId): MemberState;
};

/** Inside the writer's transaction. `known` was looked up in the same turn, just before it: nothing came between. */
export function recordEntry<Kind extends EntryKind>(
  { members, programmes }: CommitParts,
  append: AppendEntry,
  draft: Draft<Kind>,
  known?: KnownMember,
): Recorded<Kind> {
  const accounts = accountsIn(draft as unknown as Entry); // all of an entry that names accounts
  const before = standingsBefore(members, accounts, known);
  const entry = append(draft);
  const changed = applyEntry({ get: (account) => before(account).state }, entry, programmes.terms);
  const after = (account: MemberId): MemberState => changed.get(account) ?? before(account).state;
  for (const account of new Set([...accounts, ...changed.keys()]))
    members.keep(account, entry, before(account), after(account));
  return { entry, stateAfter: after };
}

/** Once the entry is in the book, a state that is folded anew has it already: all that it can touch is looked up before. */
function standingsBefore(
  { standingOf }: CommitParts['members'],
  accounts: readonly MemberId[],
  known: KnownMember | undefined,
): (account: MemberId) => Standing {
  const standings = new Map<MemberId, Standing>();
  if (known !== undefined) standings.set(known.member, known);
  const before = (account: MemberId): Standing => {
    const standing = standings.get(account) ?? standingOf(account);
    standings.set(account, standing);
    return standing;
  };
  const seen = new Set<MemberId>();
  const queue = [...accounts];
  for (let account = queue.pop(); account !== undefined; account = queue.pop()) {
    if (seen.has(account)) continue;
    seen.add(account);
    const { into } = before(account).state;
    if (into !== null) queue.push(into);
  }
  return before;
}
