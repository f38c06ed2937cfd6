import { assert } from '../../base/assert.ts';
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

const COLUMNS = 'job, sale, printer, copy, receipt, state, message, created_at AS createdAt, changed_at AS changedAt';

export function printJobTable(db: WritableDb) {
  const insert =
    db.prepare(`INSERT INTO print_job (job, sale, printer, copy, receipt, state, message, created_at, changed_at)
    VALUES (:job, :sale, :printer, :copy, :receipt, :state, :message, :createdAt, :changedAt)`);
  const update = db.prepare(
    'UPDATE print_job SET state = :state, message = :message, changed_at = :changedAt WHERE job = :job',
  );
  const get = db.prepare<[string], PrintJob>(`SELECT ${COLUMNS} FROM print_job WHERE job = ?`);
  const open = db.prepare<[number], PrintJob>(
    `SELECT ${COLUMNS} FROM print_job WHERE state NOT IN ('sent', 'discarded') ORDER BY created_at DESC LIMIT ?`,
  );
  const nextQueued = db.prepare<[], PrintJob>(
    `SELECT ${COLUMNS} FROM print_job WHERE state = 'queued' ORDER BY created_at, job LIMIT 1`,
  );
  const interrupted = db.prepare(
    `UPDATE print_job SET state = 'unknown', message = :message, changed_at = :changedAt WHERE state = 'sending'`,
  );
  return {
    add: (job: PrintJob): void => {
      insert.run(job);
    },
    setState: (job: string, state: PrintJobState, message: string | null, changedAt: number): void => {
      assert(update.run({ job, state, message, changedAt }).changes === 1, `no print job ${job}`);
    },
    find: (job: string): PrintJob | undefined => get.get(job),
    /** The first print of a sale: what a copy shows. */
    firstOf: (sale: SaleId): PrintJob | undefined => get.get(sale),
    open: (most: number): PrintJob[] => open.all(most),
    nextQueued: (): PrintJob | undefined => nextQueued.get(),
    /** A job that was under way when the engine died may be on paper: it is never sent again by itself. */
    markInterrupted: (message: string, changedAt: number): number => interrupted.run({ message, changedAt }).changes,
  };
}
