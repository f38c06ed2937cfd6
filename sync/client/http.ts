/** One bounded request to head office. A line that is down is a value, never an exception. */
import { failed, ok, type Result } from '../../base/result.ts';
import type { SyncFailure } from './ports.ts';

export type Fetch = typeof fetch;

export const REQUEST_TIMEOUT_MS = 15_000;

export type HttpRequest = {
  readonly url: string;
  readonly token?: string;
  readonly body?: unknown;
  /** Aborts it from outside: the cable is pulled, or the till closes. */
  readonly signal: AbortSignal;
};

export type HttpAnswer = { readonly status: number; readonly text: string };

export async function send(fetching: Fetch, { url, token, body, signal }: HttpRequest): Promise<Result<HttpAnswer, SyncFailure>> {
  const limit = new AbortController();
  const stop = (): void => limit.abort();
  const timer = setTimeout(stop, REQUEST_TIMEOUT_MS);
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) return failed(CUT);
    const answer = await fetching(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: limit.signal,
    });
    return ok({ status: answer.status, text: await answer.text() });
  } catch {
    return failed(signal.aborted ? CUT : UNREACHABLE);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

export const UNREACHABLE: SyncFailure = {
  code: 'head-office-unreachable',
  message: 'Head office does not answer. Sales go on; the entries wait here.',
};
const CUT: SyncFailure = { code: 'cut', message: 'The connection was switched off.' };

/** What a status other than 200 means for the till. */
export function failureOf(status: number): SyncFailure {
  if (status === 401 || status === 403) {
    return { code: 'till-refused', message: 'Head office does not accept this till. Ask head office for a new enrolment code.' };
  }
  return { code: 'head-office-failed', message: `Head office answers with an error (${status}). Sales go on; the entries wait here.` };
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
