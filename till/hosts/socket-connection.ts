import { serveConnection, type ConnectionOptions } from '../transport/connection.ts';

/** A screen that stopped reading must not make the engine keep everything for it; it comes back and asks for what it needs. */
const UNREAD_BYTES_MAX = 8 * 1_048_576;
const UNSUPPORTED_FRAME = 1003;
const TOO_SLOW = 1013;

/** What is used of a WebSocket of the `ws` package, which brings no types of its own. */
export type ScreenSocket = {
  readonly bufferedAmount: number;
  send(text: string): void;
  close(code: number, reason: string): void;
  on(event: 'message', listener: (frame: unknown, isBinary: boolean) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
};

/** One screen over one WebSocket: JSON text both ways. */
export function serveSocket(socket: ScreenSocket, { engine, log }: Pick<ConnectionOptions, 'engine' | 'log'>): void {
  const connection = serveConnection({
    engine,
    log,
    send(message) {
      if (socket.bufferedAmount > UNREAD_BYTES_MAX) return socket.close(TOO_SLOW, 'The screen does not read.');
      socket.send(JSON.stringify(message));
    },
  });
  socket.on('message', (frame, isBinary) => {
    if (isBinary || !Buffer.isBuffer(frame)) return socket.close(UNSUPPORTED_FRAME, 'Text only.');
    connection.receiveText(frame.toString('utf8'));
  });
  socket.on('error', (error) => log.warn({ err: error }, 'a screen’s connection failed')); // too long a frame, for one: ws closes it with 1009
  socket.on('close', () => connection.close());
}
