/** A WebSocket client for tests that can send any header: Node's own cannot. `ws` comes with @fastify/websocket and has no types. */
import { createRequire } from 'node:module';
import { assert } from '../../../base/assert.ts';

export type TestSocket = {
  send(frame: string | Buffer): void;
  /** The next frame that came, parsed. */
  next(): Promise<unknown>;
  /** The code that it was closed with. */
  closed(): Promise<number>;
  close(): void;
};

type WsSocket = {
  send(frame: string | Buffer): void;
  close(): void;
  on(event: 'open', listener: () => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'message', listener: (frame: Buffer) => void): void;
  on(event: 'close', listener: (code: number) => void): void;
  on(event: 'unexpected-response', listener: (request: unknown, answer: { statusCode: number }) => void): void;
};

const { WebSocket } = createRequire(import.meta.resolve('@fastify/websocket'))('ws') as {
  WebSocket: new (url: string, options: { headers: Record<string, string> }) => WsSocket;
}; // the part of ws that is used here

/** Rejects with `refused with STATUS` where the host does not take it. */
export function connectSocket(url: string, headers: Record<string, string>): Promise<TestSocket> {
  const socket = new WebSocket(url, { headers });
  const frames: unknown[] = [];
  const readers: ((frame: unknown) => void)[] = [];
  socket.on('message', (frame) => {
    const parsed: unknown = JSON.parse(frame.toString());
    const reader = readers.shift();
    if (reader === undefined) frames.push(parsed);
    else reader(parsed);
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('unexpected-response', (_request, answer) => reject(new Error(`refused with ${answer.statusCode}`)));
    socket.on('open', () =>
      resolve({
        send: (frame) => socket.send(frame),
        next: () => {
          assert(readers.length === 0, 'one reader at a time');
          return frames.length > 0 ? Promise.resolve(frames.shift()) : new Promise((read) => readers.push(read));
        },
        closed: () => closed,
        close: () => socket.close(),
      }),
    );
  });
}
