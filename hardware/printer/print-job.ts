import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import type { PrintRefusal, PrintResult } from './printer.ts';

/**
 * The states of a print job, which its owner keeps in a durable row written before the first byte is sent. A job that was
 * under way when the till died, or whose connection broke, is `unknown`: it may be on paper, so it is never sent again by
 * itself; a person reprints it, and that is a new job marked as a copy.
 */
export type PrintJobState = 'queued' | 'sending' | 'sent' | 'unknown' | 'failed' | 'discarded';

export type PrintJobEvent =
  | { readonly kind: 'began' }
  | { readonly kind: 'ended'; readonly result: PrintResult }
  /** The till started and found the row. */
  | { readonly kind: 'restarted' }
  /** By a person or the queue's back-off; only where nothing was printed. */
  | { readonly kind: 'retried' }
  /** A person gave it up. */
  | { readonly kind: 'discarded' };

export function nextPrintJobState(
  state: PrintJobState,
  event: PrintJobEvent,
): Result<PrintJobState, Refusal<'wrong-print-job-state'>> {
  switch (event.kind) {
    case 'began':
      return state === 'queued' ? ok('sending') : wrong(state, event);
    case 'ended':
      return state === 'sending' ? ok(stateAfter(event.result)) : wrong(state, event);
    case 'restarted':
      return ok(state === 'sending' ? 'unknown' : state);
    case 'retried':
      return state === 'failed' ? ok('queued') : wrong(state, event);
    case 'discarded':
      return state === 'sending' || state === 'sent' ? wrong(state, event) : ok('discarded');
    default:
      return event satisfies never;
  }
}

/** Whether the queue may send a failed job again without asking anyone. */
export function mayRetry(refusal: PrintRefusal): boolean {
  return !refusal.mayHavePrinted && refusal.code !== 'printer-cancelled';
}

function stateAfter(result: PrintResult): PrintJobState {
  if (result.ok) return 'sent';
  return result.error.mayHavePrinted ? 'unknown' : 'failed';
}

function wrong(state: PrintJobState, event: PrintJobEvent) {
  return refused('wrong-print-job-state', `A print job that is ${state} cannot be ${event.kind}.`);
}
