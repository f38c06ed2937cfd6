/** After the last kill of a folder: what the book, the answers and the paper say of each other. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openReadOnly } from '../../till/store/open-database.ts';
import { verifyLedger } from '../../till/store/verify/verify-ledger.ts';
import { MIGRATIONS } from '../../till/testing/test-till.ts';
import { commandOf, referenceOf, workOf } from './workload.ts';

export type BookJudgement = {
  readonly entries: number;
  /** Confirmed commands without an entry. */
  readonly lost: number;
  /** Entries of one command or reference, and receipt numbers, that are there twice. */
  readonly duplicated: number;
  readonly brokenChains: number;
  readonly receipts: number;
  /** On paper, whole or cut off by a kill. */
  readonly printed: number;
  /** Jobs of which only a person can say what became of them. */
  readonly unknownPrints: number;
  /** Printed and not in the book, on paper twice, or said to be printed and not on paper. */
  readonly receiptProblems: number;
  readonly problems: readonly string[];
};

export function judgeBook(
  dataFolder: string,
  paperFile: string,
  run: number,
  confirmed: readonly number[],
): BookJudgement {
  const file = path.join(dataFolder, 'ledger.db');
  const { findings, entries } = verifyLedger(file, MIGRATIONS);
  const book = readBook(file);
  const lost = confirmed.filter((n) => !isThere(book, run, n)).map((n) => `command ${n} was confirmed and is lost`);
  const duplicated = [
    ...twice('reference', book.references),
    ...twice('receipt', book.receipts),
    ...twice('id', book.ids),
  ];
  const paper = readPaper(book, paperFile);
  return {
    entries,
    lost: lost.length,
    duplicated: duplicated.length,
    brokenChains: findings.length > 0 ? 1 : 0,
    receipts: book.receipts.length,
    printed: paper.printed,
    unknownPrints: book.jobs.filter(({ state }) => state === 'unknown').length,
    receiptProblems: paper.problems.length,
    problems: [...lost, ...duplicated, ...paper.problems, ...findings.map(({ where, what }) => `${where}: ${what}`)],
  };
}

/** A sale's own line; the numbers of refunds and voids go on, and what they name is in other words. */
const RECEIPT_HEAD = /Receipt (T1-\d{6})(?![-\d])/g;

type Book = ReturnType<typeof readBook>;

function readBook(file: string) {
  const db = openReadOnly(file);
  try {
    const texts = db.prepare<[], Buffer>('SELECT bytes FROM entry ORDER BY inc, seq').pluck().all();
    const entries = texts.map((bytes) => JSON.parse(bytes.toString('utf8')) as WrittenEntry); // verified just before
    return {
      ids: entries.map(({ id }) => id),
      references: entries.flatMap(({ kind, body }) => (kind === 'sale' && body.reference ? [body.reference] : [])),
      receipts: entries.flatMap(({ kind, receipt }) => (kind === 'sale' && receipt !== null ? [receipt] : [])),
      commands: new Set(db.prepare<[], string>('SELECT command FROM command').pluck().all()),
      jobs: db
        .prepare<[], { receipt: string; state: string }>(
          'SELECT sale.receipt, print_job.state FROM print_job JOIN sale ON sale.number = print_job.number',
        )
        .all(),
    };
  } finally {
    db.close();
  }
}

type WrittenEntry = { id: string; kind: string; receipt: string | null; body: { reference?: string | null } };

function isThere(book: Book, run: number, n: number): boolean {
  if (!book.commands.has(commandOf(run, n))) return false;
  return workOf(run, n).name !== 'sale.commit' || book.references.includes(referenceOf(n));
}

function twice(what: string, values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.flatMap((value) => (seen.size === seen.add(value).size ? [`${what} ${value} is there twice`] : []));
}

function readPaper(book: Book, file: string): { printed: number; problems: string[] } {
  const paper = existsSync(file) ? readFileSync(file, 'latin1') : '';
  const printed = [...paper.matchAll(RECEIPT_HEAD)].map(([, number = '']) => number);
  const known = new Set(book.receipts);
  const onPaper = new Set(printed);
  const problems = [
    ...twice('paper of receipt', printed),
    ...printed
      .filter((number) => !known.has(number))
      .map((number) => `receipt ${number} is on paper and not in the book`),
    ...book.jobs
      .filter(({ receipt, state }) => state === 'sent' && !onPaper.has(receipt))
      .map(({ receipt }) => `receipt ${receipt} is said to be printed and is not on paper`),
    ...book.jobs
      .filter(({ receipt, state }) => (state === 'queued' || state === 'discarded') && onPaper.has(receipt))
      .map(({ receipt, state }) => `receipt ${receipt} is on paper and said to be ${state}`),
  ];
  return { printed: printed.length, problems };
}
