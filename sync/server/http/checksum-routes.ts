/** Sums over ranges of the feed, for tills that prove their copy. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { checksumRowsQuerySchema, checksumsQuerySchema } from '../../protocol/checksums.ts';
import { CHECKSUM_ROWS_PATH, CHECKSUMS_PATH } from '../../protocol/paths.ts';
import type { Setting } from '../admin/setting.ts';
import { checksumRows, checksums } from '../feed/checksums.ts';
import { parseInput } from './parse.ts';
import { sendProblem } from './problem.ts';
import { claimedIssuer, tillAuthentication } from './till-token.ts';

const MINUTE_MS = 60_000;
const REQUESTS_PER_MINUTE = 600;

export function addChecksumRoutes(app: FastifyInstance, setting: Setting): void {
  const { database, org, clock } = setting;
  const authenticate = tillAuthentication(database, clock);
  const keyGenerator = (request: FastifyRequest): string => claimedIssuer(request.headers.authorization) ?? request.ip;
  const rateLimit = { max: REQUESTS_PER_MINUTE, timeWindow: MINUTE_MS, keyGenerator };
  const feed = { database, epoch: org.epoch, clock };

  app.get(CHECKSUMS_PATH, { config: { rateLimit } }, async (request, reply) => {
    if ((await authenticate(request.headers.authorization)) === undefined)
      return await sendProblem(reply, UNAUTHORISED);
    const input = parseInput(checksumsQuerySchema, request.query);
    if (!input.ok) return await sendProblem(reply, input.error);
    return await reply.send(await checksums(feed, input.value));
  });

  app.get(CHECKSUM_ROWS_PATH, { config: { rateLimit } }, async (request, reply) => {
    const sender = await authenticate(request.headers.authorization);
    if (sender === undefined) return await sendProblem(reply, UNAUTHORISED);
    const input = parseInput(checksumRowsQuerySchema, request.query);
    if (!input.ok) return await sendProblem(reply, input.error);
    const page = await checksumRows(feed, sender.incarnation.till, input.value);
    return await reply.type('application/json; charset=utf-8').send(page);
  });
}

const UNAUTHORISED = { code: 'unauthorised', message: 'The token is not valid here.' };
