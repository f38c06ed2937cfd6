import { printRefused, type PrintResult, type Printer, type PrinterState } from './printer.ts';

export type SendBytes = (bytes: Uint8Array, signal: AbortSignal | undefined) => Promise<PrintResult>;

/** A printer around one way of sending bytes: jobs wait for each other, since two writers at once print garbage. */
export function oneJobAtATime(identity: Pick<Printer, 'id' | 'kind'>, send: SendBytes): Printer {
  let last: Promise<unknown> = Promise.resolve();
  let state: PrinterState = { condition: 'idle' };

  const run = async (bytes: Uint8Array, signal: AbortSignal | undefined): Promise<PrintResult> => {
    if (signal?.aborted === true) {
      return printRefused('printer-cancelled', 'The print was cancelled before it began.', false);
    }
    state = { condition: 'printing' };
    const result = await send(bytes, signal);
    state = result.ok ? { condition: 'ready' } : { condition: 'trouble', refusal: result.error };
    return result;
  };

  return {
    ...identity,
    print: (bytes, signal) => {
      const turn = last.then(() => run(bytes, signal));
      last = turn.catch(() => undefined); // a bug in one job must not hold up the next; its caller gets the error
      return turn;
    },
    state: () => state,
  };
}
