/** Every refusal over HTTP is a problem document (RFC 9457) with our stable code. What failed inside is logged, never told. */
import type { FastifyReply } from 'fastify';
import type { Refusal } from '../../../base/result.ts';
import type { Problem } from '../../protocol/console.ts';

/** Codes without a line here are 422: understood, and refused. */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  'invalid-request': 400,
  'unsupported-protocol': 400,
  unauthorised: 401,
  'wrong-stream': 403,
  'wrong-origin': 403,
  'wrong-code': 403,
  'other-till': 403,
  'not-found': 404,
  'unknown-till': 404,
  'unknown-member': 404,
  'used-code': 409,
  'key-in-use': 409,
  'code-locked': 410,
  'expired-code': 410,
  'batch-too-large': 413,
  'too-large': 413,
  'unsupported-media-type': 415,
  'wrong-host': 421,
  'enrolment-locked': 429,
  'too-many-requests': 429,
  'internal-error': 500,
  unavailable: 503,
};

export async function sendProblem(
  reply: FastifyReply,
  { code, message, path }: Refusal,
  statusOf?: number,
): Promise<FastifyReply> {
  const status = statusOf ?? STATUS_BY_CODE[code] ?? 422;
  const problem: Problem = { type: `urn:loyaltill:problem:${code}`, title: code, status, code, detail: message };
  return await reply
    .code(status)
    .type('application/problem+json')
    .send(path === undefined ? problem : { ...problem, path });
}
