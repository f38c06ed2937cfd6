/** Requests in the till's name: address, token, and what an answer means. */
import { failed, ok, type Result } from '../../base/result.ts';
import { problemSchema } from '../protocol/console.ts';
import { DAMAGED, failureOf } from './failures.ts';
import { parseJson, send, type HttpAnswer, type Line } from './http.ts';
import type { SyncFailure, SyncIdentity } from './ports.ts';
import { tokenSource } from './token.ts';

export type Question = {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Makes it a POST. */
  readonly body?: unknown;
};

/** `status`: of an answer other than 200; null where none came. */
export type AskFailure = { readonly failure: SyncFailure; readonly status: number | null };

export type HeadOffice = {
  /** The JSON of an answer with status 200. */
  ask(question: Question, signal: AbortSignal): Promise<Result<unknown, AskFailure>>;
  /** An answer with status 200 as it came. */
  fetchBytes(question: Question, signal: AbortSignal): Promise<Result<Uint8Array, AskFailure>>;
};

export function headOfficeOf(identity: SyncIdentity, line: Line, now: () => number): HeadOffice {
  const tokens = tokenSource(identity, now);
  const once = async (
    { path, query = {}, body }: Question,
    signal: AbortSignal,
  ): Promise<Result<HttpAnswer, SyncFailure>> => {
    const url = new URL(path, identity.headOffice);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const token = tokens.token();
    return await send(
      line,
      body === undefined ? { url: url.href, token, signal } : { url: url.href, token, body, signal },
    );
  };
  const answered = async (question: Question, signal: AbortSignal): Promise<Result<HttpAnswer, AskFailure>> => {
    let answer = await once(question, signal);
    if (answer.ok && answer.value.status === 401 && tokens.refused(answer.value.date))
      answer = await once(question, signal);
    if (!answer.ok) return failed({ failure: answer.error, status: null });
    const { status } = answer.value;
    if (status === 200) return ok(answer.value);
    const problem = problemSchema.safeParse(parseJson(answer.value.text));
    return failed({ failure: failureOf(status, problem.data?.code), status });
  };
  return {
    ask: async (question, signal) => {
      const answer = await answered(question, signal);
      if (!answer.ok) return answer;
      const json = parseJson(answer.value.text);
      return json === undefined ? failed({ failure: DAMAGED, status: null }) : ok(json);
    },
    fetchBytes: async (question, signal) => {
      const answer = await answered(question, signal);
      return answer.ok ? ok(answer.value.bytes) : answer;
    },
  };
}
