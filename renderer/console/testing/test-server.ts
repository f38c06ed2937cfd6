/**
 * A head office of invented answers, to look at the console without one: `node renderer/console/testing/test-server.ts` serves the built
 * console (dist/console) under the real server's content security policy and writes an entry every few seconds. Never shipped.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { CONSOLE_PATH, type ConsoleEntry, type Problem } from '../../../sync/protocol/console.ts';
import { exampleAnswers, type ExampleAnswers } from './example-answers.ts';

const SITE = path.resolve(import.meta.dirname, '../../../dist/console');
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** What tests turn: no session, no answers, nothing there yet. */
export type TestMode = 'usual' | 'signed-out' | 'failing' | 'empty' | 'slow';

export type TestServer = {
  readonly url: string;
  readonly answers: ExampleAnswers;
  mode: TestMode;
  /** Writes entries and tells them to open consoles. */
  emit(count: number): void;
  close(): Promise<void>;
};

type Answer = { readonly status: number; readonly json: unknown };

export async function startTestServer(port = 0): Promise<TestServer> {
  const answers = exampleAnswers(Date.now());
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    void respond(request, response).catch(() => response.destroy());
  });
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!url.pathname.startsWith(CONSOLE_PATH)) return await sendFile(response, url.pathname);
    if (test.mode === 'slow') await new Promise((resolve) => setTimeout(resolve, 60_000));
    if (url.pathname === `${CONSOLE_PATH}/events` && test.mode !== 'signed-out') return openStream(response, streams);
    const { status, json } = answerTo(url, request.method ?? 'GET', test);
    const type = status >= 400 ? 'application/problem+json' : 'application/json';
    response.writeHead(status, { 'content-type': type }).end(status === 204 ? undefined : JSON.stringify(json));
  };
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: taken } = server.address() as AddressInfo; // it listens on TCP
  const test: TestServer = {
    url: `http://127.0.0.1:${taken}`,
    answers,
    mode: 'usual',
    emit: (count) => {
      for (let left = count; left > 0; left -= 1) send(streams, 'entry', answers.addEntry(Date.now()));
      send(streams, 'tills', {});
    },
    close: async () => {
      for (const stream of streams) stream.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return test;
}

function answerTo({ pathname, searchParams }: URL, method: string, { mode, answers }: TestServer): Answer {
  if (mode === 'signed-out')
    return problem(401, 'unauthorised', 'Open the console with a fresh address from head office.');
  if (mode === 'failing')
    return problem(503, 'unavailable', 'Head office cannot reach its database. Try again in a moment.');
  const call = pathname.slice(CONSOLE_PATH.length);
  const now = Date.now();
  const page = { cursor: searchParams.get('cursor'), limit: Number(searchParams.get('limit') ?? 50) };
  if (method === 'POST' && call === '/session') return { status: 204, json: null };
  if (method === 'POST') return { status: 201, json: { code: '7KQ2M-XW4PD', validUntil: now + 24 * 3_600_000 } };
  const overview = answers.overview(now);
  const nothing = { members: 0, entries: 0, flaggedEntries: 0, programme: null, stores: [] };
  if (call === '/overview') return { status: 200, json: mode === 'empty' ? { ...overview, ...nothing } : overview };
  const entries = mode === 'empty' ? [] : answers.entries;
  if (call === '/entries') return { status: 200, json: entriesPage(entries, page) };
  if (call === '/members')
    return {
      status: 200,
      json: membersPage(mode === 'empty' ? [] : answers.members, searchParams.get('search') ?? '', page),
    };
  const [, id = '', list] = /^\/members\/([^/]+)(\/entries)?$/.exec(call) ?? [];
  const member = answers.members.find((one) => one.id === decodeURIComponent(id));
  if (member === undefined) return problem(404, 'unknown-member', 'There is no such member.');
  if (list === undefined) return { status: 200, json: member };
  return {
    status: 200,
    json: entriesPage(
      answers.entries.filter((entry) => entry.member === member.id),
      page,
    ),
  };
}

type Page = { readonly cursor: string | null; readonly limit: number };

function entriesPage(entries: readonly ConsoleEntry[], { cursor, limit }: Page): unknown {
  const rest = cursor === null ? entries : entries.filter(({ position }) => position < Number(cursor));
  const shown = rest.slice(0, limit);
  return { entries: shown, next: rest.length > limit ? String(shown.at(-1)?.position) : null };
}

function membersPage(members: ExampleAnswers['members'], search: string, { cursor, limit }: Page): unknown {
  const wanted = search.toLowerCase();
  const found = members.filter(
    ({ firstName, cards, phone }) =>
      wanted === '' ||
      firstName?.toLowerCase().startsWith(wanted) === true ||
      cards.includes(wanted) ||
      phone === wanted,
  );
  const from = cursor === null ? 0 : Number(cursor);
  return { members: found.slice(from, from + limit), next: found.length > from + limit ? String(from + limit) : null };
}

function problem(status: number, code: string, detail: string): Answer {
  const json: Problem = { type: `urn:loyaltill:problem:${code}`, title: code, status, code, detail };
  return { status, json };
}

function openStream(response: ServerResponse, streams: Set<ServerResponse>): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 500\n\n');
  streams.add(response);
  response.on('close', () => streams.delete(response));
}

function send(streams: ReadonlySet<ServerResponse>, event: string, content: unknown): void {
  for (const stream of streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(content)}\n\n`);
}

async function sendFile(response: ServerResponse, pathname: string): Promise<void> {
  const file = path.join(SITE, pathname === '/' ? 'index.html' : path.normalize(pathname));
  const content = await readFile(file).catch(() => undefined);
  if (content === undefined) {
    response.writeHead(404).end();
    return;
  }
  const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
  response
    .writeHead(200, { 'content-type': type, 'content-security-policy': POLICY, 'cache-control': 'no-store' })
    .end(content);
}

if (import.meta.main) {
  const server = await startTestServer(4790);
  process.stdout.write(`${server.url}/#token=example\n`);
  setInterval(() => server.emit(1), 6_000);
}
