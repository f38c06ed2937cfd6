/** One call of head office: what comes back is parsed, and what goes wrong is a value. */
import type { z } from 'zod';
import { failed, ok, refused, type Refusal, type Result } from '../../../base/result.ts';
import { problemSchema } from '../../../sync/protocol/console.ts';

const ANSWER_MS_MAX = 15_000;

export type Answer<Value> = Result<Value, Refusal>;

export type Call<Schema extends z.ZodType> = {
  readonly path: string;
  /** Of the answer. */
  readonly schema: Schema;
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
};

/** Refusals: head office's own codes, `unreachable`, and `unreadable` for an answer of a shape that this page does not know. */
export async function request<Schema extends z.ZodType>({
  path,
  schema,
  method = 'GET',
  body,
}: Call<Schema>): Promise<Answer<z.output<Schema>>> {
  const json =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, { method, signal: AbortSignal.timeout(ANSWER_MS_MAX), cache: 'no-store', ...json });
    text = await response.text();
  } catch {
    return refused('unreachable', 'Head office does not answer.');
  }
  const answer = readJson(text);
  if (!response.ok) return failed(refusalOf(response.status, answer));
  const parsed = schema.safeParse(answer);
  return parsed.success ? ok(parsed.data) : refused('unreadable', 'Head office answered what this page cannot read.');
}

function refusalOf(status: number, answer: unknown): Refusal {
  const problem = problemSchema.safeParse(answer);
  if (problem.success) return { code: problem.data.code, message: problem.data.detail };
  if (status === 401) return { code: 'unauthorised', message: 'Not signed in.' };
  return { code: 'unreadable', message: 'Head office answered what this page cannot read.' };
}

function readJson(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return undefined;
  }
}
