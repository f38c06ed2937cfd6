/** Refusals of the browser host as problem+json (RFC 9457), Fastify's own included: too long a body, too many tries, a bug. */
import type { FastifyInstance, FastifyReply } from 'fastify';

export function problem(reply: FastifyReply, status: number, code: string, detail: string): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', title: code, status, code, detail });
}

export function answerWithProblems(server: FastifyInstance): void {
  server.setNotFoundHandler((_request, reply) => problem(reply, 404, 'not-found', 'The till has no such page.'));
  server.setErrorHandler((error, request, reply) => {
    const status = statusOf(error);
    if (status >= 500) {
      request.log.error({ err: error }, 'a request ended in a bug');
      return problem(reply, 500, 'engine-error', 'The till could not do this. Its log says why.');
    }
    if (status === 429) return problem(reply, status, 'too-many-requests', 'Too many tries. Wait a minute.');
    return problem(
      reply,
      status,
      'invalid-request',
      status === 413 ? 'The request is too long.' : 'The request has the wrong shape.',
    );
  });
}

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 ? status : 500;
}
