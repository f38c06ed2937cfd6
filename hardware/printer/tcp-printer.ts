import { createConnection, type Socket } from 'node:net';
import { ok } from '../../base/result.ts';
import { oneJobAtATime } from './one-job-at-a-time.ts';
import { printRefused, type PrintResult, type Printer } from './printer.ts';

/**
 * A printer on the network, raw port 9100. It serves one client at a time, so a connection lives for one job: connect, send,
 * half-close, and wait a moment for the printer to close too. What the printer says is read and dropped all the while: closing
 * a socket with unread bytes sends a reset, and a reset loses the end of the receipt.
 */
export type TcpPrinterOptions = {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly connectTimeoutMs: number;
  /** Longest time without a single byte taken: paper is out, the cover open, or the cable pulled. */
  readonly stallTimeoutMs: number;
  /**
   * How long to wait for the printer's own end of the connection. Most close it once they have read ours; for one that never
   * does, each job takes this much longer, which is better than a reset in answer to its late status bytes.
   */
  readonly lingerMs: number;
};

/** Small enough that each piece taken shows that the printer is alive. */
const PIECE_BYTES = 4_096;

export function tcpPrinter(options: TcpPrinterOptions): Printer {
  return oneJobAtATime({ id: options.id, kind: 'tcp' }, (bytes, signal) => sendOverTcp(bytes, signal, options));
}

async function sendOverTcp(
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
  options: TcpPrinterOptions,
): Promise<PrintResult> {
  const socket = createConnection({ host: options.host, port: options.port, allowHalfOpen: true });
  let broken: Error | undefined;
  socket.on('error', (error) => {
    broken = error;
  });
  socket.resume();
  const cancelled = () => signal?.aborted === true;
  const cancel = () => socket.destroy();
  signal?.addEventListener('abort', cancel);
  try {
    const connected = await within(options.connectTimeoutMs, firstOf(socket, 'connect', 'close'));
    if (cancelled()) return printRefused('printer-cancelled', CANCELLED, false);
    if (connected !== 'connect') return unreachable(options, broken);
    const outcome = await sendAll(socket, bytes, options.stallTimeoutMs);
    if (cancelled() && outcome !== 'sent') return printRefused('printer-cancelled', CANCELLED, true);
    if (outcome === 'stalled') return stalled(options);
    if (outcome === 'sent') await within(options.lingerMs, firstOf(socket, 'end', 'close'));
    return outcome === 'broken' || broken !== undefined ? connectionLost(options) : ok('sent');
  } finally {
    signal?.removeEventListener('abort', cancel);
    socket.destroy(); // nothing unread is left: `resume` above
  }
}

async function sendAll(
  socket: Socket,
  bytes: Uint8Array,
  stallTimeoutMs: number,
): Promise<'sent' | 'stalled' | 'broken'> {
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    const piece = bytes.subarray(from, from + PIECE_BYTES);
    const taken = await within(
      stallTimeoutMs,
      called((done) => socket.write(piece, done)),
    );
    if (taken !== 'done') return taken === 'timeout' ? 'stalled' : 'broken';
  }
  const ended = await within(
    stallTimeoutMs,
    called((done) => socket.end(done)),
  );
  if (ended === 'timeout') return 'stalled';
  return ended === 'done' ? 'sent' : 'broken';
}

/** `end` also where it was over before. The `error` that goes before a `close` has its own listener. */
function firstOf<Name extends 'connect' | 'end' | 'close'>(socket: Socket, ...names: readonly Name[]): Promise<Name> {
  return new Promise((resolve) => {
    for (const name of names) {
      if ((name === 'close' && socket.closed) || (name === 'end' && socket.readableEnded)) resolve(name);
      socket.once(name, () => resolve(name));
    }
  });
}

function called(start: (done: (error?: Error | null) => void) => void): Promise<'done' | 'error'> {
  return new Promise((resolve) => {
    start((error) => resolve(error === undefined || error === null ? 'done' : 'error'));
  });
}

async function within<Value>(timeoutMs: number, value: Promise<Value>): Promise<Value | 'timeout'> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<'timeout'>((resolve) => {
    timer = setTimeout(() => resolve('timeout'), timeoutMs);
  });
  try {
    return await Promise.race([value, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

const CANCELLED = 'The print was cancelled.';

const BUSY = 'another till may be printing, or its network printing is off';
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: `refuses connections: ${BUSY}`,
  ECONNRESET: `hung up at once: ${BUSY}`,
  ENOTFOUND: 'has a name that the network does not know',
  EAI_AGAIN: 'has a name that cannot be looked up now: check the network',
};

function unreachable({ host, port, connectTimeoutMs }: TcpPrinterOptions, broken: Error | undefined): PrintResult {
  const silent = `did not answer within ${connectTimeoutMs / 1_000} s: check that it is on and connected`;
  const code = broken !== undefined && 'code' in broken ? String(broken.code) : '';
  const why = broken === undefined ? silent : (REASONS[code] ?? 'cannot be reached: check the network');
  return printRefused('printer-unreachable', `The printer at ${host}:${port} ${why}.`, false);
}

function stalled({ host, port }: TcpPrinterOptions): PrintResult {
  const message = `The printer at ${host}:${port} stopped taking data. Check paper and cover; the receipt may be half printed.`;
  return printRefused('printer-timeout', message, true);
}

function connectionLost({ host, port }: TcpPrinterOptions): PrintResult {
  const message = `The connection to the printer at ${host}:${port} broke while printing. The receipt may have printed.`;
  return printRefused('printer-io', message, true);
}
