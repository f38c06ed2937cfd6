import type { SaleId } from '../../../base/ids.ts';
import { updateSlice, type PrintJob } from '../state/till-state.ts';
import type { AppContext } from './context.ts';

export type ReceiptActions = ReturnType<typeof receiptActions>;

export function receiptActions(app: AppContext) {
  const toastOutcome = (job: PrintJob): void =>
    app.toast('good', { kind: job.state === 'sent' ? 'copy-sent' : 'copy-queued' });
  return {
    /** A copy, marked as one. */
    printCopy: async (sale: SaleId): Promise<void> => {
      const answer = await app.callEngine('receipt.reprint', { command: app.newCommandId(), sale });
      if (!answer.ok) return app.toast('bad', { kind: 'refusal', ...answer.error });
      takePrintJob(app, answer.value);
      if (answer.value.state !== 'failed') toastOutcome(answer.value);
    },
    /** A job that failed, or of which nobody knows whether it printed. */
    printAgain: async (job: string): Promise<void> => {
      const answer = await app.callEngine('print.again', { command: app.newCommandId(), job });
      if (answer.ok) takePrintJob(app, answer.value);
      else app.toast('bad', { kind: 'refusal', ...answer.error });
    },
    discardPrint: async (job: string): Promise<void> => {
      const answer = await app.callEngine('print.discard', { job });
      if (answer.ok) takePrintJob(app, answer.value);
      else app.toast('bad', { kind: 'refusal', ...answer.error });
    },
  };
}

export async function loadReceipt(app: AppContext, sale: SaleId): Promise<void> {
  const answer = await app.callEngine('receipt.show', { sale });
  updateSlice(app.store, 'done', (done) => {
    if (done === null || done.sale.sale !== sale) return done;
    return answer.ok ? { ...done, receipt: answer.value } : { ...done, receiptRefusal: answer.error };
  });
}

export async function loadPrintJobs(app: AppContext): Promise<void> {
  const answer = await app.callEngine('print.jobs', {});
  if (answer.ok)
    updateSlice(app.store, 'status', (status) => ({ ...status, jobs: answer.value.jobs.filter(needsLook) }));
}

/** A job's newest state: on the receipt that is shown, and in the list of those that need somebody to look. */
export function takePrintJob(app: AppContext, job: PrintJob): void {
  updateSlice(app.store, 'done', (done) => (done !== null && done.sale.sale === job.sale ? { ...done, job } : done));
  updateSlice(app.store, 'status', (status) => {
    const others = status.jobs.filter((other) => other.job !== job.job);
    return { ...status, jobs: needsLook(job) ? [job, ...others] : others };
  });
}

function needsLook(job: PrintJob): boolean {
  return job.state === 'failed' || job.state === 'unknown';
}
