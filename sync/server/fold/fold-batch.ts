/** One step of the fold: the next entries by position, their members' states, the profiles that came with them; one transaction. */
import type { MemberId } from '../../../base/ids.ts';
import type { Database, Transaction } from '../store/client.ts';
import { announceFolded } from '../announcements.ts';
import { lockFolded, setFolded } from '../store/counters.ts';
import { entriesAfter, entriesOfMembers, idsUsedTwice } from '../store/entries.ts';
import { raiseFlags, type Flag } from '../store/flags.ts';
import {
  deferralsOf,
  findStates,
  saveDeferrals,
  saveStates,
  type Deferral,
  type StateRow,
} from '../store/member-states.ts';
import type { Organisation } from '../store/organisation.ts';
import { applyEnrolments } from './enrolments.ts';
import {
  foldedFromRow,
  foldMember,
  goesOnTop,
  NOTHING_FOLDED,
  rowFromFolded,
  type FoldedMember,
} from './fold-member.ts';
import { judge, type Judged } from './judge.ts';
import { openProfiles } from './open-profiles.ts';

const FOLD_ENTRIES_MAX = 1_000;
/** Members folded anew are read in groups, so that their histories never fill the memory. */
const REFOLD_MEMBERS_MAX = 50;

/** How many entries and profiles it took; 0: nothing waits. */
export async function foldBatch(database: Database, org: Organisation, at: number): Promise<number> {
  return await database.begin(async (transaction) => {
    const from = await lockFolded(transaction);
    const judged = (await entriesAfter(transaction, from, FOLD_ENTRIES_MAX)).map(judge);
    const upTo = judged.at(-1)?.position ?? from;
    const enrolments = await applyEnrolments(transaction, judged);
    await deferOpaque(transaction, judged);
    const profiles = await openProfiles(transaction, org, { foldedUpTo: upTo, at });
    const folded = await foldTouched(transaction, judged, [...enrolments.touched, ...profiles.members], upTo);
    await raiseFlags(
      transaction,
      [...ownFlags(judged), ...enrolments.flags, ...folded.flags, ...(await duplicateIds(transaction, judged))],
      at,
    );
    if (upTo > from) await setFolded(transaction, upTo);
    // Last, since it takes positions of the feed: they are locked until the commit.
    await saveStates(transaction, folded.rows);
    const count = judged.length + profiles.count;
    if (count > 0) await announceFolded(transaction);
    return count;
  });
}

async function deferOpaque(transaction: Transaction, judged: readonly Judged[]): Promise<void> {
  const deferrals = judged.flatMap(({ read, inc, seq }): Deferral[] =>
    read.as === 'opaque' ? read.members.map((member) => ({ member, inc, fromSeq: seq })) : [],
  );
  await saveDeferrals(transaction, deferrals);
}

type NewRows = { readonly rows: readonly StateRow[]; readonly flags: readonly Flag[] };

/** New rows of every member that the entries name and of those whose person or cards changed. */
async function foldTouched(
  transaction: Transaction,
  judged: readonly Judged[],
  touched: readonly MemberId[],
  upTo: number,
): Promise<NewRows> {
  const news = Map.groupBy(judged.filter(changesMember), (entry) => entry.member);
  const members = [...new Set([...news.keys(), ...touched])];
  const states = await findStates(transaction, members);
  const deferrals = await deferralsOf(transaction, members);
  const late: MemberId[] = [];
  const onTop = members.flatMap((member): NewRows[] => {
    const entries = (news.get(member) ?? []).toSorted(byOrderKey);
    const folded = foldedFromRow(states.get(member));
    if (goesOnTop(folded, entries)) return [newRow(member, foldMember(member, folded, entries, deferrals))];
    late.push(member);
    return [];
  });
  return joined([...onTop, await refold(transaction, late, deferrals, upTo)]);
}

/** These members from their first entry on. */
export async function refold(
  transaction: Transaction,
  members: readonly MemberId[],
  deferrals: readonly Deferral[],
  upTo: number,
): Promise<NewRows> {
  const rows: NewRows[] = [];
  for (let start = 0; start < members.length; start += REFOLD_MEMBERS_MAX) {
    const group = members.slice(start, start + REFOLD_MEMBERS_MAX);
    const entries = Map.groupBy(await entriesOfMembers(transaction, group, upTo), (entry) => entry.member);
    for (const member of group) {
      const all = (entries.get(member) ?? []).map(judge);
      rows.push(newRow(member, foldMember(member, NOTHING_FOLDED, all, deferrals)));
    }
  }
  return joined(rows);
}

function newRow(member: MemberId, folded: FoldedMember): NewRows {
  const flags = folded.failures.map((failure): Flag => ({ ...failure, code: 'cannot-apply' }));
  return { rows: [rowFromFolded(member, folded)], flags };
}

function joined(parts: readonly NewRows[]): NewRows {
  return { rows: parts.flatMap((part) => part.rows), flags: parts.flatMap((part) => part.flags) };
}

/** An entry that waits changes nothing yet; one that cannot be read changes nothing ever, but the row says that it was seen. */
function changesMember(entry: Judged): entry is Judged & { readonly member: MemberId } {
  return entry.member !== null && entry.read.as !== 'opaque';
}

function byOrderKey(left: Judged, right: Judged): number {
  return left.orderKey < right.orderKey ? -1 : 1;
}

function ownFlags(judged: readonly Judged[]): Flag[] {
  return judged.flatMap(({ inc, seq, flags }) => flags.map((flag) => ({ inc, seq, ...flag })));
}

async function duplicateIds(transaction: Transaction, judged: readonly Judged[]): Promise<Flag[]> {
  if (judged.length === 0) return [];
  const twice = await idsUsedTwice(
    transaction,
    judged.map((entry) => entry.id),
  );
  return judged
    .filter((entry) => twice.has(entry.id))
    .map(({ inc, seq, id }) => ({ inc, seq, code: 'duplicate-id', detail: id }));
}
