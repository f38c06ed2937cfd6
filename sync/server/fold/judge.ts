/** Reads an accepted entry for the fold, and says what is wrong with it. Nothing wrong is ever a reason to take it back. */
import { hlcParts } from '../../../ledger/hlc.ts';
import type { MemberId } from '../../../base/ids.ts';
import {
  accountsIn,
  parseEntry,
  sumsByWallet,
  type Entry,
  type OpaqueEntry,
  type Posting,
} from '../../../ledger/entry.ts';
import { postingsOf } from '../../../ledger/postings.ts';
import { saleIn } from '../../../ledger/sale-state.ts';
import type { Standing } from '../conflicts/standing.ts';
import { cardsIn } from './cards.ts';
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
  /** Why it gives nothing; as the caller has it. */
  readonly standing?: Standing;
};

/** A member's newest entries are read again and again where tills send late ones. An entry never changes, so it is read once. */
const recent = new Map<string, Judged>();
const RECENT_MAX = 10_000;

export function judge(stored: StoredEntry): Judged {
  const name = `${stored.inc} ${stored.seq}`;
  const known = recent.get(name);
  // Of another database, the same name is another entry.
  if (known?.text === stored.text && known.position === stored.position && known.receivedAt === stored.receivedAt)
    return known;
  const judged = judgeAnew(stored);
  if (recent.size >= RECENT_MAX) recent.clear();
  recent.set(name, judged);
  return judged;
}

function judgeAnew(stored: StoredEntry): Judged {
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
  if (!keptTexts(entry).every(isStorable)) {
    const flags = [{ code: 'wrong-body', detail: 'body: no text that can be kept' }] as const;
    return { ...stored, read: { as: 'nothing' }, flags };
  }
  return {
    ...stored,
    read: { as: 'known', entry },
    flags: [...wrongPostings(entry), ...clockAhead(entry, stored.receivedAt)],
  };
}

/** The accounts that an entry touches, for what waits and what is folded; none for one without a member. */
export function namedBy({ read, member }: Judged): readonly MemberId[] {
  if (read.as === 'opaque') return read.members;
  if (read.as === 'known') return accountsIn(read.entry);
  return member === null ? [] : [member];
}

/** What becomes a column of its own. */
function keptTexts(entry: Entry): readonly string[] {
  const sale = saleIn(entry);
  const dates = entry.kind === 'enrol' ? [entry.body.joined] : [];
  const clubs = entry.kind === 'enrol' ? entry.body.clubs : entry.kind === 'club' ? [entry.body.club] : [];
  return [
    ...accountsIn(entry),
    ...cardsIn(entry).map(({ code }) => code),
    ...(sale === null ? [] : [sale]),
    ...dates,
    ...clubs,
  ];
}

function membersOf({ member, postings }: OpaqueEntry): MemberId[] {
  const accounts = postings.flatMap(({ account }) =>
    account.startsWith('member:') ? [account.slice('member:'.length)] : [],
  );
  const named = [...new Set([...(member === null ? [] : [member]), ...accounts])].filter(isStorable);
  return named as MemberId[]; // accounts of members are named after their ids
}

function wrongPostings(entry: Entry): Judged['flags'] {
  const without = unbalanced(entry);
  return without.length > 0 ? without : otherPostings(entry);
}

function unbalanced(entry: Entry): Judged['flags'] {
  const wrong = [...sumsByWallet(entry.postings)].filter(([, sum]) => sum !== 0);
  return wrong.length === 0
    ? []
    : [{ code: 'unbalanced-postings', detail: wrong.map(([wallet, sum]) => `${wallet} ${sum}`).join(', ') }];
}

/** What the entry says happened, and what it posts for it, are two things. */
function otherPostings(entry: Entry): Judged['flags'] {
  const [posted, expected] = [netOf(entry.postings), netOf(postingsOf(entry))];
  const places = [...new Set([...posted.keys(), ...expected.keys()])];
  const wrong = places.filter((place) => (posted.get(place) ?? 0) !== (expected.get(place) ?? 0));
  if (wrong.length === 0) return [];
  const detail = wrong.map((place) => `${place} ${posted.get(place) ?? 0}, not ${expected.get(place) ?? 0}`).join('; ');
  return [{ code: 'other-postings', detail }];
}

function netOf(postings: readonly Posting[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { account, wallet, amount } of postings) {
    const place = `${account} ${wallet}`;
    sums.set(place, (sums.get(place) ?? 0) + amount);
  }
  return sums;
}

function clockAhead(entry: Entry, receivedAt: number): Judged['flags'] {
  const ahead = hlcParts(entry.hlc).milliseconds - receivedAt;
  return ahead > CLOCK_AHEAD_MS_MAX ? [{ code: 'clock-ahead', detail: `${Math.round(ahead / 60_000)} min` }] : [];
}
