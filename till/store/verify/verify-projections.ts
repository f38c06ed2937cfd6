import path from 'node:path';
import { parseEntry } from '../../../ledger/entry.ts';
import { migrate, readMigrations } from '../migrate.ts';
import { grantWrites } from '../allowances.ts';
import { openDatabase, transact, type ReadableDb } from '../open-database.ts';
import { projections, readProjections, type SpendingRows } from '../projections.ts';
import type { Finding } from './verify-ledger.ts';

/** Replays all entries into empty tables and compares: the tables must hold what follows from the entries, and nothing else. */
export function verifyProjections(db: ReadableDb, migrationsFolder: string): Finding[] {
  const replayed = openDatabase(':memory:', 'NORMAL');
  try {
    migrate(replayed, readMigrations(path.join(migrationsFolder, 'till', 'ledger')));
    replayed.pragma('foreign_keys = OFF');
    const failed = replay(db, replayed);
    replayGrants(db, replayed);
    if (failed !== undefined) return [failed];
    const [stands, follows] = [readProjections(db), readProjections(replayed)];
    return [
      ...compare(
        'account_balance',
        stands.balances,
        follows.balances,
        ({ account, wallet }) => `${account}, ${wallet}`,
      ),
      ...compare('sale', stands.sales, follows.sales, ({ receipt }) => `receipt ${receipt}`),
      ...compare('own_card', stands.cards, follows.cards, ({ code }) => `card ending in ${code.slice(-4)}`),
      ...compareNamed(stands.named, follows.named),
      ...compareSpending(stands.spending, follows.spending),
      ...sumsToZero(stands.balances),
    ];
  } finally {
    replayed.close();
  }
}

function replay(db: ReadableDb, into: ReturnType<typeof openDatabase>): Finding | undefined {
  const { apply, applyOpaque } = projections(into);
  const rows = db.prepare<[], { inc: string; seq: number; bytes: Buffer }>(
    'SELECT entry.inc, entry.seq, entry.bytes FROM entry JOIN stream USING (inc) ORDER BY stream.enrolled_at, entry.inc, entry.seq',
  );
  let at = '';
  try {
    transact(into, () => {
      for (const { inc, seq, bytes } of rows.iterate()) {
        at = `stream ${inc}, entry ${seq}`;
        const parsed = parseEntry(bytes.toString('utf8'));
        if (parsed.ok && parsed.value.known) apply(parsed.value.entry);
        else if (parsed.ok) applyOpaque(parsed.value.entry);
      }
    });
    return undefined;
  } catch (error) {
    return {
      where: at,
      what: `It cannot follow what came before it: ${error instanceof Error ? error.message : String(error)}.`,
    };
  }
}

/** Grants do not follow from entries: they are checked by their signatures, and stand for what they are (verify-grants.ts). */
function replayGrants(db: ReadableDb, into: ReturnType<typeof openDatabase>): void {
  const { spending } = readProjections(db);
  const add = grantWrites(into);
  transact(into, () => {
    for (const grant of spending?.grants ?? []) add(grant);
  });
}

function compareSpending(stands: SpendingRows | undefined, follows: SpendingRows | undefined): Finding[] {
  if (stands === undefined || follows === undefined) return [];
  return [
    ...compare(
      'allowance',
      stands.counters,
      follows.counters,
      ({ inc, account, wallet, end }) => `${account}, ${wallet}, ${end}, ${inc}`,
    ),
    ...compare(
      'overdraft',
      stands.overdrafts,
      follows.overdrafts,
      ({ inc, seq, wallet }) => `${inc}/${seq}, ${wallet}`,
    ),
    ...compare('own_lead', stands.leads, follows.leads, ({ into, account }) => `${account} to ${into}`),
  ];
}

type Named = ReturnType<typeof readProjections>['named'];

function compareNamed(stands: Named, follows: Named): Finding[] {
  if (stands === undefined || follows === undefined) return [];
  return [
    ...compare('entry_account', stands.accounts, follows.accounts, namedName),
    ...compare('entry_sale', stands.sales, follows.sales, namedName),
    ...compare('own_claim', stands.claims, follows.claims, ({ sale }) => `sale ${sale}`),
  ];
}

function namedName({ name, inc, seq }: { name: string; inc: string; seq: number }): string {
  return `${name}, ${inc}/${seq}`;
}

function compare<Row extends object>(
  table: string,
  stands: readonly Row[],
  follows: readonly Row[],
  name: (row: Row) => string,
): Finding[] {
  const expected = new Map(follows.map((row) => [name(row), row]));
  const findings: Finding[] = [];
  for (const row of stands) {
    const other = expected.get(name(row));
    expected.delete(name(row));
    if (other === undefined) findings.push({ where: `${table}, ${name(row)}`, what: 'No entry leads to this row.' });
    else if (JSON.stringify(row) !== JSON.stringify(other)) {
      findings.push({
        where: `${table}, ${name(row)}`,
        what: `It says ${JSON.stringify(row)}; the entries lead to ${JSON.stringify(other)}.`,
      });
    }
  }
  for (const missing of expected.keys())
    findings.push({ where: `${table}, ${missing}`, what: 'The entries lead to this row, and it is missing.' });
  return findings;
}

function sumsToZero(balances: readonly { wallet: string; balance: number }[]): Finding[] {
  const sums = new Map<string, number>();
  for (const { wallet, balance } of balances) sums.set(wallet, (sums.get(wallet) ?? 0) + balance);
  return [...sums]
    .filter(([, sum]) => sum !== 0)
    .map(([wallet, sum]) => ({
      where: `account_balance, ${wallet}`,
      what: `All accounts together hold ${sum}, not 0.`,
    }));
}
