/** One step of the fold: the next entries by position, their members' and sales' states, the profiles that came with them; one transaction. */
import { countAllowances } from '../allowances/count.ts';
import { settleAllowances } from '../allowances/settle.ts';
import { announceFolded } from '../announcements.ts';
import { loadTerms } from '../programme/terms.ts';
import { OWN_TILL } from '../own-stream/own-stream.ts';
import type { Database, Transaction } from '../store/client.ts';
import { lockFolded, setFolded, tryLockFolded } from '../store/counters.ts';
import { entriesAfter, idsUsedTwice } from '../store/entries.ts';
import { addOfficeRows } from '../store/office-rows.ts';
import { raiseFlags, type Flag } from '../store/flags.ts';
import { saveStates } from '../store/member-states.ts';
import type { Organisation } from '../store/organisation.ts';
import { saveSaleStates } from '../store/sale-states.ts';
import { adoptBranches } from './adopt.ts';
import { foldMembers } from './fold-members.ts';
import { foldSales } from './fold-sales.ts';
import { answerConflicts } from '../conflicts/answer.ts';
import { settleStandings } from '../conflicts/settle.ts';
import { withFlags } from '../conflicts/standing.ts';
import { judge, type Judged } from './judge.ts';
import { openProfiles } from './open-profiles.ts';
import { takeIn } from './take-in.ts';
import { noteWaiting } from './waiting.ts';

/** In a backlog the rows of members and sales are written once for so many entries. */
const FOLD_ENTRIES_MAX = 4_000;

/** How many entries and profiles it took; 0: nothing waits. */
export async function foldBatch(database: Database, org: Organisation, at: number): Promise<number> {
  return await database.begin(async (transaction) => await step(transaction, org, at, await lockFolded(transaction)));
}

/** The same, or `busy` where another process folds at this moment. */
export async function tryFoldBatch(database: Database, org: Organisation, at: number): Promise<number | 'busy'> {
  return await database.begin(async (transaction) => {
    const from = await tryLockFolded(transaction);
    return from === undefined ? 'busy' : await step(transaction, org, at, from);
  });
}

async function step(transaction: Transaction, org: Organisation, at: number, from: number): Promise<number> {
  const judged = (await entriesAfter(transaction, from, { limit: FOLD_ENTRIES_MAX })).map(judge);
  const upTo = judged.at(-1)?.position ?? from;
  const taken = await takeIn(transaction, judged);
  const waits = await noteWaiting(transaction, judged);
  const profiles = await openProfiles(transaction, org, { foldedUpTo: upTo, at });
  const ready = judged.filter((entry) => !waits(entry));
  const touched = [...taken.touched, ...profiles.members];
  const terms = await loadTerms(transaction);
  const sales = await foldSales(transaction, ready, { from, upTo });
  const settled = await settleStandings(transaction, ready, { upTo, sales });
  await raiseFlags(transaction, settled.flags, at);
  const standing = withFlags(ready, settled.flags);
  const members = await foldMembers(transaction, { judged: standing, touched, changed: settled.changed, upTo, terms });
  const flags = [...ownFlags(judged), ...taken.flags, ...members.flags];
  await raiseFlags(transaction, [...flags, ...(await duplicateIds(transaction, judged))], at);
  await answerConflicts(transaction, { org, at, terms, entries: standing, touched, rows: members.rows });
  const adopted = await adoptBranches(transaction, org, judged, at);
  const pending = new Set(
    settled.flags.filter(({ code }) => code === 'pending-ref').map(({ inc, seq }) => `${inc} ${seq}`),
  );
  const creditsNothing = (entry: Judged): boolean => waits(entry) || pending.has(`${entry.inc} ${entry.seq}`);
  const counted = await countAllowances(transaction, { judged, waits: creditsNothing, at });
  if (upTo > from) await setFolded(transaction, upTo);
  // Last, since it takes positions of the feed: they are locked until the commit.
  await saveStates(transaction, members.rows);
  await saveSaleStates(transaction, sales.rows);
  await addOfficeRows(transaction, judged.filter(ridesTheFeed));
  const changed = [...new Set([...members.rows.map(({ member }) => member), ...counted])];
  await settleAllowances(transaction, { org, terms, at }, changed, members.rows);
  const count = judged.length + profiles.count + adopted;
  if (count > 0) await announceFolded(transaction);
  return count;
}

/** Of head office's own what rows of members do not say, and no date. */
function ridesTheFeed({ read }: Judged): boolean {
  if (read.as !== 'known' || read.entry.till !== OWN_TILL) return false;
  return read.entry.kind !== 'enrol' && read.entry.kind !== 'expire';
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
