/** Enrolment: a one-time code buys an incarnation. The key is made here, and its private half never leaves the till. */
import { generateSigningKeys, type SigningKeyPair } from '../../base/node/signing.ts';
import { failed, ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { problemSchema } from '../protocol/console.ts';
import { enrolAnswerSchema, normaliseEnrolmentCode, type EnrolAnswer } from '../protocol/enrolment.ts';
import { ENROL_PATH } from '../protocol/paths.ts';
import { PROTOCOL_VERSION_MAX, PROTOCOL_VERSION_MIN } from '../protocol/versions.ts';
import { parseJson, send, type Fetch } from './http.ts';

export type Enrolled = { readonly keys: SigningKeyPair; readonly answer: EnrolAnswer };

export type EnrolOptions = {
  readonly headOffice: string;
  readonly code: string;
  readonly software: string;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
};

/** Refuses with `enrolment-code-wrong`, `head-office-unreachable`, or the code that head office answered with. */
export async function enrolWithHeadOffice(options: EnrolOptions): Promise<Result<Enrolled, Refusal>> {
  const code = normaliseEnrolmentCode(options.code);
  if (code === undefined) return refused('enrolment-code-wrong', 'This is no enrolment code. It has ten letters and digits.', 'code');
  const keys = generateSigningKeys();
  const body = {
    protocol: { min: PROTOCOL_VERSION_MIN, max: PROTOCOL_VERSION_MAX },
    code,
    publicKey: keys.publicKey,
    software: options.software,
  };
  const url = new URL(ENROL_PATH, options.headOffice).href;
  const answer = await send(options.fetch, { url, body, signal: options.signal });
  if (!answer.ok) return unreachable();
  const { status, text } = answer.value;
  const json = parseJson(text);
  if (status !== 200 && status !== 201) {
    const problem = problemSchema.safeParse(json);
    return problem.success ? failed({ code: problem.data.code, message: problem.data.detail }) : unreachable();
  }
  const parsed = enrolAnswerSchema.safeParse(json);
  return parsed.success ? ok({ keys, answer: parsed.data }) : unreachable();
}

function unreachable() {
  return refused('head-office-unreachable', 'Head office does not answer at this address. Check it, and the network.', 'headOffice');
}
