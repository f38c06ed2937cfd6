/** What tills call: enrol, push, feed. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { enrolRequestSchema } from '../../protocol/enrolment.ts';
import { feedQuerySchema } from '../../protocol/feed.ts';
import { allowancesRequestSchema } from '../../protocol/allowances.ts';
import { ALLOWANCES_PATH, ENROL_PATH, FEED_PATH, PUSH_PATH, WAKE_PATH } from '../../protocol/paths.ts';
import { PUSH_BODY_BYTES_MAX, pushRequestSchema } from '../../protocol/push.ts';
import { wakeQuerySchema, type WakeAnswer } from '../../protocol/wake.ts';
import type { Setting } from '../admin/setting.ts';
import { acquire } from '../allowances/acquire.ts';
import { enrol } from '../enrolment/enrol.ts';
import { feedPage } from '../feed/page.ts';
import type { Wakes } from '../feed/wakes.ts';
import type { FoldLoop } from '../fold/fold-loop.ts';
import { createAcceptor } from '../push/acceptor.ts';
import { push, type Sender } from '../push/push.ts';
import { noteSeen } from '../store/incarnations.ts';
import { parseInput } from './parse.ts';
import { sendProblem } from './problem.ts';
import { claimedIssuer, tillAuthentication } from './till-token.ts';

const MINUTE_MS = 60_000;
const ENROL_PER_MINUTE = 60;
const SYNC_PER_MINUTE = 6_000;
const ENROL_BODY_BYTES_MAX = 8_192;

export function addSyncRoutes(app: FastifyInstance, setting: Setting, fold: FoldLoop, wakes: Wakes): void {
  const { database, org, clock } = setting;
  const authenticate = tillAuthentication(database, clock);
  const acceptor = createAcceptor(database);
  // Tills of a store share an address: each is counted by itself.
  const keyGenerator = (request: FastifyRequest): string => claimedIssuer(request.headers.authorization) ?? request.ip;
  const rateLimit = { max: SYNC_PER_MINUTE, timeWindow: MINUTE_MS, keyGenerator };
  const enrolLimit = { max: ENROL_PER_MINUTE, timeWindow: MINUTE_MS };

  app.post(
    ENROL_PATH,
    { bodyLimit: ENROL_BODY_BYTES_MAX, config: { rateLimit: enrolLimit } },
    async (request, reply) => {
      const input = parseInput(enrolRequestSchema, request.body);
      if (!input.ok) return await sendProblem(reply, input.error);
      const enrolled = await enrol(setting, input.value, request.ip);
      return enrolled.ok ? await reply.send(enrolled.value) : await sendProblem(reply, enrolled.error);
    },
  );

  app.post(PUSH_PATH, { bodyLimit: PUSH_BODY_BYTES_MAX, config: { rateLimit } }, async (request, reply) => {
    const sender = await authenticate(request.headers.authorization);
    if (sender === undefined) return await unauthorised(reply);
    const input = parseInput(pushRequestSchema, request.body);
    if (!input.ok) return await sendProblem(reply, input.error);
    const answer = await push({ database, acceptor, org: org.id, epoch: org.epoch, clock }, sender, input.value);
    fold.wake();
    return answer.ok ? await reply.send(answer.value) : await sendProblem(reply, answer.error);
  });

  app.post(ALLOWANCES_PATH, { config: { rateLimit } }, async (request, reply) => {
    const sender = await authenticate(request.headers.authorization);
    if (sender === undefined) return await unauthorised(reply);
    const input = parseInput(allowancesRequestSchema, request.body);
    if (!input.ok) return await sendProblem(reply, input.error);
    const { inc, wants } = input.value;
    if (inc !== sender.incarnation.id)
      return await sendProblem(reply, { code: 'wrong-stream', message: 'The token is of another stream.' });
    await fold.toEnd();
    return await reply.send(await acquire(setting, inc, wants));
  });

  app.get(FEED_PATH, { config: { rateLimit } }, async (request, reply) => {
    const sender = await authenticate(request.headers.authorization);
    if (sender === undefined) return await unauthorised(reply);
    const input = parseInput(feedQuerySchema, request.query);
    if (!input.ok) return await sendProblem(reply, input.error);
    await heardFrom(setting, sender);
    const page = await feedPage({ database, epoch: org.epoch, clock }, sender.incarnation.till, input.value);
    return await reply.type('application/json; charset=utf-8').send(page);
  });

  app.get(WAKE_PATH, { config: { rateLimit } }, async (request, reply) => {
    const sender = await authenticate(request.headers.authorization);
    if (sender === undefined) return await unauthorised(reply);
    const input = parseInput(wakeQuerySchema, request.query);
    if (!input.ok) return await sendProblem(reply, input.error);
    const { after, epoch } = input.value;
    // A cursor of another epoch means nothing here: whatever it is, there is something to fetch.
    const position = await wakes.beyond(epoch === org.epoch ? after : -1);
    return await reply.send({ epoch: org.epoch, position } satisfies WakeAnswer);
  });
}

async function unauthorised(reply: FastifyReply): Promise<FastifyReply> {
  return await sendProblem(reply, { code: 'unauthorised', message: 'The token is not valid here.' });
}

async function heardFrom({ database, clock }: Setting, { incarnation }: Sender): Promise<void> {
  await noteSeen(database, incarnation.id, clock());
}
