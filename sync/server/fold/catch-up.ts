/**
 * What a database of an earlier version lacks, made at the start, before anything is served: entries are entered in the index, sales folded,
 * and states of an older fold made anew. Each step is a transaction of its own, and what was cut goes on at the next start.
 */
import type { MemberId } from '../../../base/ids.ts';
import { loadTerms } from '../programme/terms.ts';
import type { Database } from '../store/client.ts';
import { lastPosition, lockFolded, setFoldVersion, setIndexed, setRefolded } from '../store/counters.ts';
import { entriesAfter } from '../store/entries.ts';
import { raiseFlags } from '../store/flags.ts';
import { FOLD_VERSION, membersOfOldFold } from '../store/member-states.ts';
import { saveSaleStates } from '../store/sale-states.ts';
import { refoldSales } from './fold-sales.ts';
import { judge } from './judge.ts';
import { salesNamedBy, takeIn } from './take-in.ts';
import { saveRefolded } from './save-refolded.ts';

const ENTRIES_A_STEP = 1_000;
const MEMBERS_A_STEP = 50;

export async function catchUp(database: Database, at: number): Promise<void> {
  while (await indexStep(database, at));
  await refoldAll(database, at);
}

async function refoldAll(database: Database, at: number): Promise<void> {
  if ((await lastPosition(database, 'refolded-version')) >= FOLD_VERSION) return;
  await database.begin(async (transaction) => {
    await lockFolded(transaction);
    await setFoldVersion(transaction);
  });
  for (let after: MemberId | undefined; ;) {
    const members = await refoldStep(database, after, at);
    after = members.at(-1);
    if (after === undefined) break;
  }
  await database.begin(setRefolded);
}

async function indexStep(database: Database, at: number): Promise<boolean> {
  return await database.begin(async (transaction) => {
    const folded = await lockFolded(transaction);
    const indexed = await lastPosition(transaction, 'indexed');
    if (indexed >= folded) return false;
    const stored = await entriesAfter(transaction, indexed, { limit: ENTRIES_A_STEP });
    const judged = stored.filter(({ position }) => position <= folded).map(judge);
    const { flags } = await takeIn(transaction, judged);
    const sales = await refoldSales(transaction, salesNamedBy(judged), folded);
    await raiseFlags(transaction, [...flags, ...sales.flags], at);
    await setIndexed(transaction, judged.at(-1)?.position ?? folded);
    await saveSaleStates(transaction, sales.rows);
    return true;
  });
}

async function refoldStep(database: Database, after: MemberId | undefined, at: number): Promise<MemberId[]> {
  return await database.begin(async (transaction) => {
    const upTo = await lockFolded(transaction);
    const members = await membersOfOldFold(transaction, after, MEMBERS_A_STEP);
    const terms = await loadTerms(transaction);
    if (members.length > 0) await saveRefolded(transaction, members, { upTo, terms, at, all: true });
    return members;
  });
}
