import { z } from 'zod';
import type { IncarnationId, MemberId } from '../../base/ids.ts';
import { parseEntry } from '../../ledger/entry.ts';
import { applyEntry, NEW_MEMBER_STATE, type MemberState } from '../../ledger/member-state.ts';
import type { EntryTable } from './entries.ts';
import type { StoredMember } from './members.ts';
import type { StreamTable } from './streams.ts';

/** Head office's state, or a new one, with the own entries on top that it does not include. */
export function foldOwnEntries(
  store: { readonly entries: EntryTable; readonly streams: StreamTable },
  member: MemberId,
  row: StoredMember | undefined,
): MemberState {
  const included = new Map(row === undefined ? [] : includesSchema.parse(JSON.parse(row.includes)));
  let state = parseState(row?.state);
  for (const { inc } of store.streams.all()) {
    for (const stored of store.entries.ofMember(member, inc, included.get(inc) ?? 0)) {
      const parsed = parseEntry(stored.bytes.toString('utf8'));
      // An entry of a newer version of this till stays in the book, and out of what this version can count.
      if (parsed.ok && parsed.value.known) state = applyEntry(state, parsed.value.entry, member);
    }
  }
  return state;
}

const includesSchema = z.array(z.tuple([z.string() as unknown as z.ZodType<IncarnationId>, z.int()])); // our own column

export function parseState(text: string | undefined): MemberState {
  return text === undefined ? NEW_MEMBER_STATE : (JSON.parse(text) as MemberState); // parsed by its schema when the feed brought it
}
