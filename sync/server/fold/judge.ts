/** Reads an accepted entry for the fold, and says what is wrong with it. Nothing wrong is ever a reason to take it back. */
import { hlcParts } from '../../../ledger/hlc.ts';
import { parseEntry, sumsByWallet, type Entry, type OpaqueEntry } from '../../../ledger/entry.ts';
import type { MemberId } from '../../../base/ids.ts';
import { isStorable } from '../push/envelope.ts';
import type { StoredEntry } from '../store/entries.ts';
import type { FlagCode } from '../store/flags.ts';

/** A till's clock that is ahead by more than this is shown. */
const CLOCK_AHEAD_MS_MAX = 5 * 60_000;

export type Judged = StoredEntry & {
  readonly read:
    | { readonly as: 'known'; readonly entry: Entry }
    /** A kind or version of later: it waits, and so does what its stream says of these members afterwards. */
    | { readonly as: 'opaque'; readonly members: readonly MemberId[] }
    /** It changes no member. */
    | { readonly as: 'nothing' };
  readonly flags: readonly { readonly code: FlagCode; readonly detail: string }[];
};

export function judge(stored: StoredEntry): Judged {
  const parsed = parseEntry(stored.text);
  if (!parsed.ok) {
    const { path, message } = parsed.error;
    const code = path === 'body' || path.startsWith('body.') ? 'wrong-body' : 'unreadable';
    return { ...stored, read: { as: 'nothing' }, flags: [{ code, detail: `${path}: ${message}` }] };
  }
  if (!parsed.value.known) {
    const { kind, kv, v } = parsed.value.entry;
    const members = membersOf(parsed.value.entry);
    return {
      ...stored,
      read: { as: 'opaque', members },
      flags: [{ code: 'unknown-kind', detail: `${v}/${kind}/${kv}` }],
    };
  }
  const { entry } = parsed.value;
  if (entry.kind === 'enrol' && ![entry.body.joined, ...entry.body.cards].every(isStorable)) {
    return {
      ...stored,
      read: { as: 'nothing' },
      flags: [{ code: 'wrong-body', detail: 'body.cards: no text that can be kept' }],
    };
  }
  return {
    ...stored,
    read: { as: 'known', entry },
    flags: [...unbalanced(entry), ...clockAhead(entry, stored.receivedAt)],
  };
}

function membersOf({ member, postings }: OpaqueEntry): MemberId[] {
  const accounts = postings.flatMap(({ account }) =>
    account.startsWith('member:') ? [account.slice('member:'.length)] : [],
  );
  const named = [...new Set([...(member === null ? [] : [member]), ...accounts])].filter(isStorable);
  return named as MemberId[]; // accounts of members are named after their ids
}

function unbalanced(entry: Entry): Judged['flags'] {
  const wrong = [...sumsByWallet(entry.postings)].filter(([, sum]) => sum !== 0);
  return wrong.length === 0
    ? []
    : [{ code: 'unbalanced-postings', detail: wrong.map(([wallet, sum]) => `${wallet} ${sum}`).join(', ') }];
}

function clockAhead(entry: Entry, receivedAt: number): Judged['flags'] {
  const ahead = hlcParts(entry.hlc).milliseconds - receivedAt;
  return ahead > CLOCK_AHEAD_MS_MAX ? [{ code: 'clock-ahead', detail: `${Math.round(ahead / 60_000)} min` }] : [];
}
