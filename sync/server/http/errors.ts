/** What reaches Fastify as an error becomes a problem document too: too large, not JSON, too many, or a fault of ours. */
import type { FastifyError, FastifyInstance } from 'fastify';
import type { Refusal } from '../../../base/result.ts';
import type { Log } from '../../../base/node/log.ts';
import { isAway } from '../store/away.ts';
import { sendProblem } from './problem.ts';

export function answerErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.code === 'internal-error')
      log.error({ err: error, method: request.method, url: request.routeOptions.url }, 'a request failed');
    // The rest of a body that nobody reads would be taken for the next request.
    if (refusal.code === 'too-large') reply.header('connection', 'close');
    await sendProblem(reply, refusal);
  });
  app.setNotFoundHandler(async (_request, reply) => {
    await sendProblem(reply, { code: 'not-found', message: 'There is nothing at this address.' });
  });
}

function refusalOf(error: FastifyError): Refusal {
  const { statusCode, code } = error;
  if (statusCode === 413) return { code: 'too-large', message: 'The body is larger than this address takes.' };
  if (statusCode === 415) return { code: 'unsupported-media-type', message: 'Send application/json.' };
  if (statusCode === 429) return { code: 'too-many-requests', message: 'Too many requests. Try again in a minute.' };
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return { code: 'invalid-request', message: 'The body is empty.' };
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return { code: 'invalid-request', message: 'The request cannot be read.' };
  if (isAway(error))
    return { code: 'unavailable', message: 'Head office cannot reach its database. Try again in a moment.' };
  return { code: 'internal-error', message: 'This failed at head office; it is in its log.' };
}
