/**
 * What this till's own entries add to head office's rows. An entry can touch several accounts, so an account is folded together with those
 * that its entries lead to; each takes only the entries that its own row does not include yet.
 */
import type { MemberId } from '../../base/ids.ts';
import { accountsIn, parseEntry, type Entry } from '../../ledger/entry.ts';
import { applyEntry } from '../../ledger/fold/apply.ts';
import { NEW_MEMBER_STATE, type MemberState } from '../../ledger/member-state.ts';
import type { Terms } from '../../ledger/terms.ts';
import type { EntryTable, StoredEntry } from './entries.ts';
import { type Branch, type Includes, includesHere, isIncluded } from './includes.ts';
import type { StoredMember } from './members.ts';
import type { StreamTable } from './streams.ts';

export type FoldParts = {
  readonly entries: Pick<EntryTable, 'naming'>;
  readonly streams: Pick<StreamTable, 'all'>;
  readonly troubles: { branches(): readonly Branch[] };
  readonly rows: { find(member: MemberId): StoredMember | undefined };
  readonly terms: Terms;
};

/** Head office's state, or a new one, with the own entries on top that it does not include. */
export function foldOwnEntries(parts: FoldParts, account: MemberId): MemberState {
  const accounts = new Map<MemberId, { state: MemberState; readonly includes: Includes }>();
  const open = (id: MemberId): { state: MemberState; readonly includes: Includes } => {
    const known = accounts.get(id);
    if (known !== undefined) return known;
    const row = parts.rows.find(id);
    const opened = { state: parseState(row?.state), includes: includesHere(row?.includes, parts.troubles.branches()) };
    accounts.set(id, opened);
    return opened;
  };
  for (const entry of waitingFor(parts, account, open)) {
    const changed = applyEntry({ get: (id) => open(id).state }, entry, parts.terms);
    for (const [id, state] of changed) {
      const at = open(id);
      if (!isIncluded(at.includes, entry)) at.state = state;
    }
  }
  return open(account).state;
}

/** In order of writing: entries that the account's row does not include, and those of the accounts that they lead to. */
function waitingFor(
  { entries, streams }: FoldParts,
  account: MemberId,
  open: (id: MemberId) => { readonly state: MemberState; readonly includes: Includes },
): Entry[] {
  const order = new Map(streams.all().map(({ inc }, index) => [inc, index]));
  const found = new Map<string, Entry>();
  const seen = new Set<MemberId>();
  const queue = [account];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const { state, includes } = open(id);
    if (state.into !== null) queue.push(state.into);
    for (const inc of order.keys()) {
      for (const stored of entries.naming(id, inc, includes.get(inc) ?? 0)) {
        const key = `${stored.inc}/${stored.seq}`;
        const entry = found.get(key) ?? knownEntry(stored);
        if (entry === undefined) continue;
        found.set(key, entry);
        queue.push(...accountsIn(entry));
      }
    }
  }
  const place = ({ inc }: Entry): number => order.get(inc) ?? -1;
  return [...found.values()].toSorted((left, right) => place(left) - place(right) || left.seq - right.seq);
}

/** An entry of a newer version of this till stays in the book, and out of what this version can count. */
export function knownEntry({ bytes }: Pick<StoredEntry, 'bytes'>): Entry | undefined {
  const parsed = parseEntry(bytes.toString('utf8'));
  return parsed.ok && parsed.value.known ? parsed.value.entry : undefined;
}

export function parseState(text: string | undefined): MemberState {
  return text === undefined ? NEW_MEMBER_STATE : (JSON.parse(text) as MemberState); // parsed by its schema when the feed brought it
}
