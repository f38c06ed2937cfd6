/**
 * A head office that learned new kinds takes up what waited for them: what waits is found anew, and what does not any more is taken in and
 * folded, with the accounts and sales that it names.
 */
import type { IncarnationId, MemberId } from '../../../base/ids.ts';
import { loadTerms } from '../programme/terms.ts';
import type { Database, Transaction } from '../store/client.ts';
import { lockFolded } from '../store/counters.ts';
import { allDeferrals, endDeferrals, saveDeferrals, type Deferral } from '../store/deferrals.ts';
import { entriesOfStream } from '../store/entries.ts';
import { loadGroups } from '../store/entry-index.ts';
import { lowerFlags, raiseFlags } from '../store/flags.ts';
import { saveStates } from '../store/member-states.ts';
import { saveSaleStates } from '../store/sale-states.ts';
import { foldMembers } from './fold-members.ts';
import { refoldSales } from './fold-sales.ts';
import { settleStandings } from '../conflicts/settle.ts';
import { judge, namedBy, type Judged } from './judge.ts';
import { saveRefolded } from './save-refolded.ts';
import { salesNamedBy, takeIn } from './take-in.ts';
import { waitingAmong } from './waiting.ts';

const STREAM_PAGE = 1_000;

/** The members that were folded anew. */
export async function resumeDeferred(database: Database, at: number): Promise<readonly MemberId[]> {
  return await database.begin(async (transaction) => {
    const upTo = await lockFolded(transaction);
    const deferrals = await allDeferrals(transaction);
    const resumed: Judged[] = [];
    for (const [inc, own] of Map.groupBy(deferrals, (deferral) => deferral.inc))
      resumed.push(...(await resumeStream(transaction, inc, own, upTo)));
    if (resumed.length === 0) return [];
    const taken = await takeIn(transaction, resumed);
    await lowerFlags(transaction, ['unknown-kind'], resumed);
    await raiseFlags(
      transaction,
      [...taken.flags, ...resumed.flatMap(({ inc, seq, flags }) => flags.map((flag) => ({ inc, seq, ...flag })))],
      at,
    );
    const terms = await loadTerms(transaction);
    const sales = await refoldSales(transaction, salesNamedBy(resumed), upTo);
    const settled = await settleStandings(transaction, resumed, { upTo, sales });
    await raiseFlags(transaction, settled.flags, at);
    const members = [...new Set([...resumed, ...settled.changed].flatMap(namedBy))];
    await saveRefolded(transaction, members, { upTo, terms, at });
    const others = await foldMembers(transaction, { judged: [], touched: taken.touched, upTo, terms });
    await saveStates(transaction, others.rows);
    await saveSaleStates(transaction, sales.rows);
    return members;
  });
}

/** Entries of the stream that waited and do not any more. */
async function resumeStream(
  transaction: Transaction,
  inc: IncarnationId,
  known: readonly Deferral[],
  upTo: number,
): Promise<Judged[]> {
  const from = Math.min(...known.map(({ fromSeq }) => fromSeq));
  const entries = await streamFrom(transaction, inc, from, upTo);
  const groups = await loadGroups(transaction, [...known.map(({ member }) => member), ...entries.flatMap(namedBy)]);
  const before = waitingAmong(entries, known, groups);
  const after = waitingAmong(entries, [], groups);
  const resumed = entries.filter((entry) => before.waits(entry) && !after.waits(entry));
  if (resumed.length === 0) return [];
  await endDeferrals(transaction, inc);
  await saveDeferrals(transaction, after.added);
  return resumed;
}

async function streamFrom(
  transaction: Transaction,
  inc: IncarnationId,
  fromSeq: number,
  upTo: number,
): Promise<Judged[]> {
  const entries: Judged[] = [];
  for (let from = fromSeq; ;) {
    const page = await entriesOfStream(transaction, inc, from, STREAM_PAGE);
    entries.push(...page.filter(({ position }) => position <= upTo).map(judge));
    const last = page.at(-1);
    if (last === undefined || page.length < STREAM_PAGE) return entries;
    from = last.seq + 1;
  }
}
