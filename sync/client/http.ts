/** One bounded request to head office. A line that is down is a value, never an exception. */
import { failed, ok, type Result } from '../../base/result.ts';
import { CUT, SILENT, TOO_LONG, UNREACHABLE } from './failures.ts';
import type { SyncFailure } from './ports.ts';
import type { Timers } from './timers.ts';

export type Fetch = typeof fetch;

/** How requests leave, and who measures their time. */
export type Line = { readonly fetch: Fetch; readonly timers: Timers };

/** A request ends when nothing came for this long: a slow line is no dead one. */
export const SILENCE_MS_MAX = 15_000;
/** Nor may an answer drip for ever. */
export const REQUEST_MS_MAX = 120_000;
/** Far above a page of the feed, whose single rows may be larger than the page should be. */
export const ANSWER_BYTES_MAX = 33_554_432;

export type HttpRequest = {
  readonly url: string;
  readonly token?: string;
  readonly body?: unknown;
  /** Aborts it from outside: the cable is pulled, or the till closes. */
  readonly signal: AbortSignal;
};

export type HttpAnswer = {
  readonly status: number;
  readonly bytes: Buffer;
  readonly text: string;
  /** Head office's clock as the header tells it, ms; null where it does not. */
  readonly date: number | null;
};

/** Fails with `cut` where the signal ended it, `head-office-unreachable`, `head-office-silent`, or `head-office-failed` (too long). */
export async function send({ fetch, timers }: Line, request: HttpRequest): Promise<Result<HttpAnswer, SyncFailure>> {
  const { url, signal } = request;
  if (signal.aborted) return failed(CUT);
  const init = initOf(request);
  const limit = new AbortController();
  const stop = (): void => limit.abort();
  const end = timers.after(REQUEST_MS_MAX, stop);
  let silence = timers.after(SILENCE_MS_MAX, stop);
  const heard = (): void => {
    silence.cancel();
    silence = timers.after(SILENCE_MS_MAX, stop);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const answer = await fetch(url, { ...init, signal: limit.signal });
    heard();
    const bytes = await readBytes(answer, heard);
    if (bytes === undefined) return failed(TOO_LONG);
    return ok(answered(answer, bytes));
  } catch (error) {
    if (signal.aborted) return failed(CUT);
    return failed(isWithoutConnection(error) ? UNREACHABLE : SILENT);
  } finally {
    stop();
    end.cancel();
    silence.cancel();
    signal.removeEventListener('abort', stop);
  }
}

function initOf({ token, body }: HttpRequest): RequestInit {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  if (body === undefined) return { headers, redirect: 'error' };
  return {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
  };
}

/** Undefined where it is longer than any answer may be. */
async function readBytes(answer: Response, heard: () => void): Promise<Buffer | undefined> {
  if (answer.body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body = answer.body as AsyncIterable<Uint8Array>; // fetch gives bytes, and these types call them any
  for await (const chunk of body) {
    heard();
    bytes += chunk.byteLength;
    if (bytes > ANSWER_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Its text is read where somebody asks for it: a piece of a file has none. */
function answered(answer: Response, bytes: Buffer): HttpAnswer {
  return {
    status: answer.status,
    bytes,
    get text() {
      return bytes.toString('utf8');
    },
    date: dateOf(answer),
  };
}

const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** fetch tells it by the code of its error's cause. */
function isWithoutConnection(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && NO_CONNECTION.has(String(cause.code));
}

function dateOf(answer: Response): number | null {
  const date = Date.parse(answer.headers.get('date') ?? '');
  return Number.isNaN(date) ? null : date;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
