import { constants, type Stats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { ok } from '../../base/result.ts';
import { oneJobAtATime } from './one-job-at-a-time.ts';
import { printRefused, type PrintResult, type Printer } from './printer.ts';

/**
 * A printer behind a device node (`/dev/usb/lp0`, `/dev/ttyS0`), a named pipe, or a plain file that jobs are appended to.
 * Devices are opened non-blocking and written in small pieces: a blocking write to a printer that has stalled would hold a
 * thread of the process for as long as the printer likes.
 */
export type FilePrinterOptions = {
  readonly id: string;
  readonly path: string;
  /** Longest time without a single byte taken. */
  readonly stallTimeoutMs: number;
};

const PIECE_BYTES = 4_096;
/** A printer takes 50 to 350 mm of paper a second; asking again this often loses nothing. */
const RETRY_MS = 20;

export function filePrinter(options: FilePrinterOptions): Printer {
  return oneJobAtATime({ id: options.id, kind: 'file' }, (bytes, signal) => sendToFile(bytes, signal, options));
}

async function sendToFile(
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
  options: FilePrinterOptions,
): Promise<PrintResult> {
  let file: FileHandle;
  try {
    file = await openForPrinting(options.path);
  } catch (error) {
    return unreachable(options.path, errorCode(error));
  }
  try {
    return await writeAll(file, bytes, signal, options);
  } finally {
    await file.close().catch(() => undefined); // a device that went away cannot be closed either, and the result is known
  }
}

async function openForPrinting(path: string): Promise<FileHandle> {
  const found = await stat(path).catch(absent);
  if (found !== undefined && !found.isFile()) return open(path, constants.O_WRONLY | constants.O_NONBLOCK);
  // Never make a file where a device should be: an unplugged printer would "print" into it for ever.
  const create = path.startsWith('/dev/') ? 0 : constants.O_CREAT;
  return open(path, constants.O_WRONLY | constants.O_APPEND | create, 0o600);
}

async function writeAll(
  file: FileHandle,
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
  { path, stallTimeoutMs }: FilePrinterOptions,
): Promise<PrintResult> {
  let from = 0;
  let waitedMs = 0;
  while (from < bytes.length) {
    if (signal?.aborted === true) return printRefused('printer-cancelled', 'The print was cancelled.', from > 0);
    if (waitedMs >= stallTimeoutMs) return stalled(path, from > 0);
    try {
      const { bytesWritten } = await file.write(bytes, from, Math.min(PIECE_BYTES, bytes.length - from));
      from += bytesWritten;
      if (bytesWritten > 0) waitedMs = 0;
    } catch (error) {
      if (errorCode(error) !== 'EAGAIN') return broken(path, errorCode(error), from > 0);
      await delay(RETRY_MS);
      waitedMs += RETRY_MS;
    }
  }
  return ok('sent');
}

function absent(error: unknown): Stats | undefined {
  if (errorCode(error) === 'ENOENT') return undefined;
  throw error;
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}

const ABSENT = 'is not there: check that it is on and plugged in';
const FORBIDDEN = 'may not be used by this user: on Linux, add the user to the group lp';
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: ABSENT,
  ENODEV: ABSENT,
  ENXIO: ABSENT,
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  EBUSY: 'is held by another program',
};

function unreachable(path: string, code: string): PrintResult {
  const why = REASONS[code] ?? `cannot be opened (${code})`;
  return printRefused('printer-unreachable', `The printer at ${path} ${why}.`, false);
}

function stalled(path: string, mayHavePrinted: boolean): PrintResult {
  const message = `The printer at ${path} takes no data. Check paper and cover.`;
  return printRefused('printer-timeout', message, mayHavePrinted);
}

function broken(path: string, code: string, mayHavePrinted: boolean): PrintResult {
  return printRefused('printer-io', `The printer at ${path} failed while printing (${code}).`, mayHavePrinted);
}
