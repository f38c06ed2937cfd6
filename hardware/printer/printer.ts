import type { Refusal, Result } from '../../base/result.ts';

/**
 * The port of a receipt printer. A driver carries bytes and nothing else: it never retries, since a receipt that may already
 * be on paper must not come out twice unasked. Whether to try again is the print queue's decision (see `print-job.ts`).
 */
export type Printer = {
  readonly id: string;
  readonly kind: 'tcp' | 'file' | 'virtual';
  /**
   * `sent`: the device, or the system in front of it, took every byte; paper may still be moving. One job at a time: a second
   * call waits for the first. A signal that fires while bytes are under way ends the job with `printer-cancelled`.
   */
  print(bytes: Uint8Array, signal?: AbortSignal): Promise<PrintResult>;
  state(): PrinterState;
};

export type PrintResult = Result<'sent', PrintRefusal>;

export type PrintRefusalCode =
  /** No connection, no such device, no permission, or another program holds it. Nothing was sent. */
  | 'printer-unreachable'
  /** It stopped taking bytes for longer than the driver waits. */
  | 'printer-timeout'
  /** The connection or device broke while bytes were under way. */
  | 'printer-io'
  /** The caller's signal fired. */
  | 'printer-cancelled';

export type PrintRefusal = Refusal<PrintRefusalCode> & {
  /** False: nothing left this machine, so printing again is safe. True: some or all of it may be on paper. */
  readonly mayHavePrinted: boolean;
};

/** What the last job told; `idle` before the first. Times are not kept here: the queue's rows have them. */
export type PrinterState =
  | { readonly condition: 'idle' }
  | { readonly condition: 'printing' }
  | { readonly condition: 'ready' }
  | { readonly condition: 'trouble'; readonly refusal: PrintRefusal };

export function printRefused(
  code: PrintRefusalCode,
  message: string,
  mayHavePrinted: boolean,
): { readonly ok: false; readonly error: PrintRefusal } {
  return { ok: false, error: { code, message, mayHavePrinted } };
}
