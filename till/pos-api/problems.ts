import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Log } from '../../base/node/log.ts';
import type { Refusal } from '../../base/result.ts';
import { statusOf } from './refusal-status.ts';

/** Answers a refusal as problem+json (RFC 9457). */
export function sendProblem(reply: FastifyReply, { code, message, path }: Refusal): FastifyReply {
  const status = statusOf(code);
  const body = {
    type: `urn:loyaltill:refusal:${code}`,
    title: code.replaceAll('-', ' '),
    status,
    code,
    detail: message,
  };
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(path === undefined ? body : { ...body, path });
}

/** Whatever goes wrong is a problem document too; a bug is logged and says nothing of the inside. */
export function answerWithProblems(app: FastifyInstance, log: Log): void {
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, { code: 'not-found', message: 'The till has nothing at this address.' }),
  );
  app.setErrorHandler((error: FastifyError, _request, reply) => sendProblem(reply, refusalOf(error, log)));
}

function refusalOf(error: FastifyError, log: Log): Refusal {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [issue] = error.validation;
    const path = (issue?.instancePath ?? '').slice(1).replaceAll('/', '.');
    return {
      code: 'invalid-request',
      message: `${path === '' ? 'The request' : path}: ${issue?.message ?? 'wrong shape'}.`,
      path,
    };
  }
  if (error.statusCode === 413) return { code: 'too-large', message: 'The request is larger than 1 MB.' };
  if (error.statusCode === 429)
    return { code: 'too-many-requests', message: 'Too many requests. Wait a moment, then try again.' };
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return { code: 'invalid-request', message: 'The request cannot be read: it must be JSON with a content type.' };
  }
  log.error({ err: error }, 'the POS API failed');
  return { code: 'engine-error', message: 'Something went wrong inside the till. Try again; if it stays, restart it.' };
}
