/**
 * The print queue: a job is a durable row before its first byte, and never sent twice by itself. What was under way when the engine
 * died, or broke off, is `unknown`: it may be on paper, and only a person prints it again, as a copy.
 */
import { uuidv7 } from '../../base/node/uuid.ts';
import type { SaleId } from '../../base/ids.ts';
import type { Log } from '../../base/node/log.ts';
import { layoutFor, receiptBytes } from '../../hardware/printer/escpos/receipt-bytes.ts';
import type { PrinterProfile } from '../../hardware/printer/escpos/profile.ts';
import { nextPrintJobState } from '../../hardware/printer/print-job.ts';
import type { Printer } from '../../hardware/printer/printer.ts';
import { receiptSchema, type Receipt } from '../../hardware/receipt/receipt.ts';
import type { ReceiptLayout } from '../../hardware/receipt/receipt-layout.ts';
import type { TillEvent } from '../contract/calls.ts';
import type { BesideSale, PrintJob, PrintJobState } from '../store/print-jobs.ts';
import type { TillStore } from '../store/till-store.ts';
import type { TillClock } from './clock.ts';
import type { EngineEvents } from './engine-events.ts';

export type NewPrint = {
  readonly sale: SaleId | null;
  readonly receipt: Receipt;
  readonly copy: boolean;
  readonly print: boolean;
};

export type PrintQueue = {
  /** As it will be queued; nothing is written. */
  draft(print: NewPrint): PrintJob;
  /** Inside the transaction of a sale: the first print of it. */
  enqueueFirst(job: PrintJob, beside: BesideSale): void;
  /** Inside a transaction of ledger.db, of what is no sale's first print. Without `print` the receipt is kept for copies and not printed. */
  enqueue(print: NewPrint): PrintJob;
  /** Prints what is queued, one after the other, in the background. */
  wake(): void;
  again(job: PrintJob): PrintJob;
  discard(job: PrintJob): PrintJob;
  layout(receipt: Receipt): ReceiptLayout;
  printer: Printer;
  /** Until nothing is being printed. */
  idle(): Promise<void>;
};

type Parts = {
  readonly store: TillStore;
  readonly printer: Printer;
  readonly profile: PrinterProfile;
  readonly clock: TillClock;
  readonly events: EngineEvents;
  readonly log: Log;
};

export function openPrintQueue(parts: Parts): PrintQueue {
  const { store, printer, profile, clock } = parts;
  store.printJobs.markInterrupted(
    'The till stopped while this was printing. Look at the printer, then print again or discard.',
    clock.wall(),
  );
  let running: Promise<void> | undefined;
  const wake = (): void => {
    running ??= printQueued(parts)
      .catch((error: unknown) => parts.log.error({ err: error }, 'the print queue stopped'))
      .finally(() => {
        running = undefined;
      });
  };
  const draft = (print: NewPrint): PrintJob => newJob(print, printer.id, clock.wall());
  return {
    draft,
    enqueueFirst: store.printJobs.add,
    enqueue: (print) => {
      const job = draft(print);
      store.printJobs.add(job);
      return job;
    },
    wake,
    again: (job) => {
      const next = nextPrintJobState(job.state, { kind: 'retried' });
      if (!next.ok) return job;
      const changed = setState(parts, job, next.value, null);
      wake();
      return changed;
    },
    discard: (job) => {
      const next = nextPrintJobState(job.state, { kind: 'discarded' });
      return next.ok ? setState(parts, job, next.value, null) : job;
    },
    layout: (receipt) => layoutFor(receipt, profile),
    printer,
    idle: async () => {
      while (running !== undefined) await running;
    },
  };
}

function newJob({ sale, receipt, copy, print }: NewPrint, printer: string, now: number): PrintJob {
  return {
    job: sale !== null && !copy ? sale : uuidv7(now),
    sale,
    printer,
    copy: copy ? 1 : 0,
    receipt: JSON.stringify(receipt),
    state: print ? 'queued' : 'discarded',
    message: null,
    createdAt: now,
    changedAt: now,
  };
}

async function printQueued(parts: Parts): Promise<void> {
  for (let job = parts.store.printJobs.nextQueued(); job !== undefined; job = parts.store.printJobs.nextQueued()) {
    await printOne(parts, job);
  }
}

async function printOne(parts: Parts, queued: PrintJob): Promise<void> {
  const receipt = receiptSchema.parse(JSON.parse(queued.receipt));
  const bytes = receiptBytes(layoutFor(receipt, parts.profile), parts.profile);
  const sending = setState(parts, queued, 'sending', null); // on disk before the first byte
  const result = await parts.printer.print(bytes);
  const ended = nextPrintJobState(sending.state, { kind: 'ended', result });
  if (ended.ok) setState(parts, sending, ended.value, result.ok ? null : result.error.message);
}

function setState(
  { store, clock, events }: Parts,
  job: PrintJob,
  state: PrintJobState,
  message: string | null,
): PrintJob {
  const changed = { ...job, state, message, changedAt: clock.wall() };
  store.printJobs.setState(job.job, state, message, changed.changedAt);
  events.emit('printJob', printJobView(changed, null));
  return changed;
}

export function printJobView(job: PrintJob, receipt: string | null): TillEvent<'printJob'> {
  const { sale, printer, copy, state, message, createdAt } = job;
  return { job: job.job, sale, receipt, printer, copy: copy === 1, state, message, at: createdAt };
}
