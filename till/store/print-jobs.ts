import { assert, present } from '../../base/assert.ts';
import type { SaleId } from '../../base/ids.ts';
import type { WritableDb } from './open-database.ts';

export type PrintJobState = 'queued' | 'sending' | 'sent' | 'unknown' | 'failed' | 'discarded';

export type PrintJob = {
  readonly job: string;
  readonly sale: SaleId | null;
  readonly printer: string;
  readonly copy: 0 | 1;
  /** The receipt as JSON, see hardware/receipt/receipt.ts. */
  readonly receipt: string;
  readonly state: PrintJobState;
  readonly message: string | null;
  readonly createdAt: number;
  readonly changedAt: number;
};

/** The running number of the sale whose first print it is, and what its caller was told; see commands.ts. */
export type BesideSale = { readonly number: number; readonly answer: string };

/** Below it a job's number is that of its sale's receipt; from it up jobs are counted. */
const COUNTED_FROM = 2 ** 40;

const COLUMNS = `coalesce(job, sale) AS job, sale, printer, copy, receipt, state, message, created_at AS createdAt,
  changed_at AS changedAt`;

export function printJobTable(db: WritableDb) {
  const insert =
    db.prepare(`INSERT INTO print_job (number, job, sale, printer, copy, receipt, state, message, created_at, changed_at, answer)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const update = db.prepare(
    'UPDATE print_job SET state = :state, message = :message, changed_at = :changedAt WHERE number = :number',
  );
  const get = db.prepare<[number], PrintJob>(`SELECT ${COLUMNS} FROM print_job WHERE number = ?`);
  const ofSale = db.prepare<[string], number>('SELECT number FROM sale WHERE sale = ?').pluck();
  const counted = db.prepare<[string], number>('SELECT number FROM print_job WHERE job = ?').pluck();
  const nextCounted = db
    .prepare<[], number>(`SELECT max(coalesce(max(number), 0) + 1, ${COUNTED_FROM}) FROM print_job`)
    .pluck();
  const open = db.prepare<[number], PrintJob>(
    `SELECT ${COLUMNS} FROM print_job WHERE state NOT IN ('sent', 'discarded') ORDER BY created_at DESC LIMIT ?`,
  );
  const nextQueued = db.prepare<[], PrintJob>(
    `SELECT ${COLUMNS} FROM print_job WHERE state = 'queued' ORDER BY created_at, number LIMIT 1`,
  );
  const interrupted = db.prepare(
    `UPDATE print_job SET state = 'unknown', message = :message, changed_at = :changedAt WHERE state = 'sending'`,
  );
  const numberOf = (job: string): number | undefined => ofSale.get(job) ?? counted.get(job);
  const find = (job: string): PrintJob | undefined => {
    const number = numberOf(job);
    return number === undefined ? undefined : get.get(number);
  };
  return {
    /** The first print of a sale has the sale's id, and comes with the sale's number and answer. */
    add: (print: PrintJob, beside?: BesideSale): void => {
      const { job, sale, printer, copy, receipt, state, message, createdAt, changedAt } = print;
      const first = beside !== undefined;
      assert(first === (job === sale), `print job ${job} is the first of its sale, or has an id of its own`);
      const number = first ? beside.number : present(nextCounted.get(), 'a number can be counted');
      const [id, answer] = first ? [null, beside.answer] : [job, null];
      insert.run(number, id, sale, printer, copy, receipt, state, message, createdAt, changedAt, answer);
    },
    setState: (job: string, state: PrintJobState, message: string | null, changedAt: number): void => {
      const number = present(numberOf(job), `no print job ${job}`);
      assert(update.run({ number, state, message, changedAt }).changes === 1, `no print job ${job}`);
    },
    find,
    /** The first print of a sale: what a copy shows. */
    firstOf: (sale: SaleId): PrintJob | undefined => find(sale),
    open: (most: number): PrintJob[] => open.all(most),
    nextQueued: (): PrintJob | undefined => nextQueued.get(),
    /** A job that was under way when the engine died may be on paper: it is never sent again by itself. */
    markInterrupted: (message: string, changedAt: number): number => interrupted.run({ message, changedAt }).changes,
  };
}
