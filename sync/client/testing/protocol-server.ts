/** A head office of a few lines, over real HTTP, that does wrong what a test tells it to do wrong. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { sha256 } from '../../../base/node/hash.ts';
import { FEED_PATH, PUSH_PATH } from '../../protocol/paths.ts';
import { pushRequestSchema, type PushRequest } from '../../protocol/push.ts';
import { streamKeeper, type StreamKeeper } from './stream-keeper.ts';

/** What goes wrong with one request. `lost`, `cut` and what follows come after head office has done its part. */
export const FAULTS = [
  'drop',
  'silent',
  'garbage',
  '500',
  '503',
  '413',
  'lost',
  'cut',
  'wrong-trailer',
  'no-trailer',
  'stale',
  'none',
] as const;
export type Fault = (typeof FAULTS)[number];

export type ProtocolServer = Pick<StreamKeeper, 'received' | 'profiles' | 'register'> & {
  readonly url: string;
  /** Faults of the requests to come, in order; then none. */
  readonly faults: Fault[];
  /** `entries N` of each push and `rows N` of each pull that arrived. */
  readonly asked: string[];
  readonly pushes: PushRequest[];
  /** The newest version of a named row, as a JSON value; its position is given here. */
  put(name: string, row: object): void;
  /** All rows as they stand, and the page that holds them. */
  rows(): unknown[];
  page(): string;
  /** Head office comes back from a backup: with fewer entries, in a new epoch. */
  restore(entries: number): void;
  epoch(): string;
  close(): Promise<void>;
  /** Bodies above it get 413. */
  bodyBytesMax: number;
  /** Its clock is ahead of this machine's by so much, for tokens and in its Date header. */
  clockAheadMs: number;
  whenSilent: () => void;
  /** Another answer than its own; undefined for its own. */
  answerInstead: (path: string) => Answer | undefined;
  /** To the last push. */
  lastAnswer: Answer | undefined;
};

export type Answer = { readonly status: number; readonly body: string };

export async function protocolServer(): Promise<ProtocolServer> {
  const keeper = streamKeeper();
  const rows = feedOfRows();
  let epoch = 1;
  const http = createServer((request, response) => {
    handle(server, rows, keeper, request, response).catch((error: unknown) =>
      response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const server: ProtocolServer = {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    faults: [],
    received: keeper.received,
    profiles: keeper.profiles,
    register: (stream) => keeper.register(stream),
    asked: [],
    pushes: [],
    put: (name, row) => rows.put(name, row),
    rows: () => rows.all(),
    page: () => rows.page(new URLSearchParams({ limit: '1000' }), server.epoch()),
    restore: (entries) => {
      epoch += 1;
      keeper.received.length = Math.min(keeper.received.length, entries);
    },
    epoch: () => `e${epoch}`,
    close: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
    bodyBytesMax: 1_048_576,
    clockAheadMs: 0,
    whenSilent: () => undefined,
    answerInstead: () => undefined,
    lastAnswer: undefined,
  };
  return server;
}

type Rows = ReturnType<typeof feedOfRows>;

function feedOfRows() {
  const rows = new Map<string, { readonly position: number; readonly text: string }>();
  let position = 0;
  return {
    put: (name: string, row: object): void => {
      position += 1;
      rows.set(name, { position, text: JSON.stringify({ ...row, position }) });
    },
    all: (): unknown[] => [...rows.values()].map(({ text }): unknown => JSON.parse(text)),
    page: (query: URLSearchParams, epoch: string): string => {
      const after = query.get('epoch') === epoch ? Number(query.get('after')) : 0;
      const found = [...rows.values()]
        .filter((row) => row.position > after)
        .toSorted((a, b) => a.position - b.position);
      const sent = found.slice(0, Number(query.get('limit')));
      const text = `[${sent.map((row) => row.text).join(',')}]`;
      const complete = sent.length === found.length;
      const next = complete ? Math.max(after, position) : (sent.at(-1)?.position ?? after);
      const trailer = { count: sent.length, sha256: sha256(text), next, complete };
      return `{"epoch":"${epoch}","serverTime":1,"rows":${text},"trailer":${JSON.stringify(trailer)}}`;
    },
  };
}

async function handle(
  server: ProtocolServer,
  rows: Rows,
  keeper: StreamKeeper,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await textOf(request);
  response.setHeader('date', new Date(Date.now() + server.clockAheadMs).toUTCString());
  const fault = server.faults.shift() ?? 'none';
  if (fault === 'drop') return void request.socket.destroy();
  if (fault === 'silent') return server.whenSilent();
  if (fault === '500' || fault === '503' || fault === '413') return void response.writeHead(Number(fault)).end('{}');
  if (fault === 'garbage') return void response.writeHead(200).end('<html>Sign in to the network</html>');
  const before = server.lastAnswer;
  const answer = await answerTo(server, rows, keeper, request, body);
  if (request.method === 'POST') server.lastAnswer = answer;
  if (fault === 'lost') return void request.socket.destroy();
  const sent = fault === 'stale' && request.method === 'POST' ? (before ?? answer) : answer;
  const text = withFault(sent.body, fault);
  response.writeHead(sent.status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  if (fault !== 'cut') return void response.end(text);
  response.write(text.slice(0, Math.floor(text.length / 2)), () => request.socket.destroy());
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}

async function answerTo(
  server: ProtocolServer,
  rows: Rows,
  keeper: StreamKeeper,
  request: IncomingMessage,
  body: string,
): Promise<Answer> {
  const url = new URL(request.url ?? '', server.url);
  const instead = server.answerInstead(url.pathname);
  if (instead !== undefined) return instead;
  const now = Date.now() + server.clockAheadMs;
  if (!(await keeper.admits(request.headers.authorization ?? '', now))) return { status: 401, body: '{}' };
  if (body.length > server.bodyBytesMax) return { status: 413, body: '{}' };
  if (url.pathname === FEED_PATH) {
    server.asked.push(`rows ${url.searchParams.get('limit')}`);
    return { status: 200, body: rows.page(url.searchParams, server.epoch()) };
  }
  if (url.pathname !== PUSH_PATH) return { status: 404, body: '{}' };
  const pushed = pushRequestSchema.parse(JSON.parse(body));
  server.asked.push(`entries ${pushed.entries.length}`);
  server.pushes.push(pushed);
  return { status: 200, body: JSON.stringify({ epoch: server.epoch(), serverTime: 1, ...keeper.push(pushed) }) };
}

function withFault(body: string, fault: Fault): string {
  if (fault === 'wrong-trailer') return body.replace(`"sha256":"`, `"sha256":"x`);
  if (fault === 'no-trailer') return body.replace(/,"trailer":.*$/, '}');
  return body;
}
