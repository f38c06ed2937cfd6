/** Enrolment: a one-time code buys an incarnation. The key is made here, and its private half never leaves the till. */
import { generateSigningKeys, type SigningKeyPair } from '../../base/node/signing.ts';
import { failed, ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { problemSchema } from '../protocol/console.ts';
import {
  enrolAnswerSchema,
  normaliseEnrolmentCode,
  type EnrolAnswer,
  type EnrolRequest,
} from '../protocol/enrolment.ts';
import { ENROL_PATH } from '../protocol/paths.ts';
import { PROTOCOL_VERSION_MAX, PROTOCOL_VERSION_MIN } from '../protocol/versions.ts';
import { parseJson, send, type Fetch, type HttpAnswer } from './http.ts';
import type { SyncFailure } from './ports.ts';
import { SYSTEM_TIMERS, type Timers } from './timers.ts';

export type Enrolled = { readonly keys: SigningKeyPair; readonly answer: EnrolAnswer };

export type EnrolOptions = {
  /** Address of head office: `https://…` or `http://…`. */
  readonly headOffice: string;
  /** As typed. */
  readonly code: string;
  readonly software: string;
  /** Who the till was before: head office gives it no other till's place. */
  readonly again?: NonNullable<EnrolRequest['again']>;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  readonly timers?: Timers;
};

/**
 * Refuses with `enrolment-code-wrong` (no code at all), `head-office-unreachable`, `head-office-not-understood`, or with the code that
 * head office answered with: `wrong-code`, `other-till`, `used-code`, `expired-code`, `enrolment-locked`, `unsupported-protocol`.
 */
export async function enrolWithHeadOffice(options: EnrolOptions): Promise<Result<Enrolled, Refusal>> {
  const code = normaliseEnrolmentCode(options.code);
  if (code === undefined)
    return refused('enrolment-code-wrong', 'This is no enrolment code. It has ten letters and digits.', 'code');
  const url = enrolUrl(options.headOffice);
  if (url === undefined) return unreachable();
  const keys = generateSigningKeys();
  const protocol = { min: PROTOCOL_VERSION_MIN, max: PROTOCOL_VERSION_MAX };
  const { software, again } = options;
  const body: EnrolRequest = { protocol, code, publicKey: keys.publicKey, software, ...(again && { again }) };
  // The first answer may be lost when the code is used up already: head office gives it to the same key again.
  const first = await post(options, url, body);
  const answer = first.ok || options.signal.aborted ? first : await post(options, url, body);
  return answer.ok ? enrolled(answer.value, keys) : unreachable();
}

function post(
  { fetch, timers = SYSTEM_TIMERS, signal }: EnrolOptions,
  url: string,
  body: EnrolRequest,
): Promise<Result<HttpAnswer, SyncFailure>> {
  return send({ fetch, timers }, { url, body, signal });
}

function enrolled({ status, text }: HttpAnswer, keys: SigningKeyPair): Result<Enrolled, Refusal> {
  const json = parseJson(text);
  if (status !== 200 && status !== 201) {
    const problem = problemSchema.safeParse(json);
    if (problem.success) return failed({ code: problem.data.code, message: problem.data.detail });
    return status >= 500 ? unreachable() : notUnderstood();
  }
  const parsed = enrolAnswerSchema.safeParse(json);
  if (!parsed.success) return notUnderstood();
  const { protocol } = parsed.data;
  if (protocol < PROTOCOL_VERSION_MIN || protocol > PROTOCOL_VERSION_MAX) return notUnderstood();
  return ok({ keys, answer: parsed.data });
}

function enrolUrl(headOffice: string): string | undefined {
  try {
    const url = new URL(ENROL_PATH, headOffice);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function unreachable() {
  return refused(
    'head-office-unreachable',
    'Head office does not answer at this address. Check it, and the network.',
    'headOffice',
  );
}

function notUnderstood() {
  return refused(
    'head-office-not-understood',
    'What answers at this address is no head office that this till understands.',
    'headOffice',
  );
}
