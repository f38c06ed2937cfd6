/** What a till calls that enrolled again, or was restored: bytes that its new incarnation vouches for, and its own entries back. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OWN_ENTRIES_PATH, SALVAGE_PATH } from '../../protocol/paths.ts';
import { PUSH_BODY_BYTES_MAX } from '../../protocol/push.ts';
import { ownEntriesQuerySchema, salvageRequestSchema } from '../../protocol/salvage.ts';
import type { Setting } from '../admin/setting.ts';
import { ownEntries } from '../push/own-entries.ts';
import { salvage } from '../push/salvage.ts';
import { parseInput } from './parse.ts';
import { sendProblem } from './problem.ts';
import { claimedIssuer, tillAuthentication } from './till-token.ts';

const MINUTE_MS = 60_000;
/** A till needs them once in its life, if at all. */
const REQUESTS_PER_MINUTE = 600;

export function addSalvageRoutes(app: FastifyInstance, setting: Setting, taken: () => void): void {
  const { database, org, clock } = setting;
  const authenticate = tillAuthentication(database, clock);
  const keyGenerator = (request: FastifyRequest): string => claimedIssuer(request.headers.authorization) ?? request.ip;
  const rateLimit = { max: REQUESTS_PER_MINUTE, timeWindow: MINUTE_MS, keyGenerator };
  const own = { database, org: org.id, epoch: org.epoch, clock };

  app.post(SALVAGE_PATH, { bodyLimit: PUSH_BODY_BYTES_MAX, config: { rateLimit } }, async (request, reply) => {
    const sender = await authenticate(request.headers.authorization);
    if (sender === undefined) return await sendProblem(reply, UNAUTHORISED);
    const input = parseInput(salvageRequestSchema, request.body);
    if (!input.ok) return await sendProblem(reply, input.error);
    const answer = await salvage(own, sender, input.value);
    taken();
    return answer.ok ? await reply.send(answer.value) : await sendProblem(reply, answer.error);
  });

  app.get(OWN_ENTRIES_PATH, { config: { rateLimit } }, async (request, reply) => {
    const sender = await authenticate(request.headers.authorization);
    if (sender === undefined) return await sendProblem(reply, UNAUTHORISED);
    const input = parseInput(ownEntriesQuerySchema, request.query);
    if (!input.ok) return await sendProblem(reply, input.error);
    const answer = await ownEntries(own, sender, input.value);
    return answer.ok ? await reply.send(answer.value) : await sendProblem(reply, answer.error);
  });
}

const UNAUTHORISED = { code: 'unauthorised', message: 'The token is not valid here.' };
