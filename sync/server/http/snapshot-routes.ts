/** Snapshots for tills: the newest manifest with how far the till is behind, and chunks by their hashes. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { HashHex } from '../../../base/ids.ts';
import { SNAPSHOT_CHUNK_PATH, SNAPSHOT_PATH } from '../../protocol/paths.ts';
import { snapshotQuerySchema } from '../../protocol/snapshot.ts';
import type { Setting } from '../admin/setting.ts';
import { snapshotOffer } from '../snapshot/offer.ts';
import { findChunk } from '../store/snapshots.ts';
import { parseInput } from './parse.ts';
import { sendProblem } from './problem.ts';
import { claimedIssuer, tillAuthentication } from './till-token.ts';

const MINUTE_MS = 60_000;
const OFFERS_PER_MINUTE = 120;
/** 8 GB of a file a minute: more than a line brings, and an end to one that asks in circles. */
const CHUNKS_PER_MINUTE = 2_000;

const chunkParams = z.strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/) as unknown as z.ZodType<HashHex> }); // checked by the pattern

export function addSnapshotRoutes(app: FastifyInstance, setting: Setting): void {
  const { database, org, clock } = setting;
  const authenticate = tillAuthentication(database, clock);
  const keyGenerator = (request: FastifyRequest): string => claimedIssuer(request.headers.authorization) ?? request.ip;
  const limit = (max: number) => ({ rateLimit: { max, timeWindow: MINUTE_MS, keyGenerator } });

  app.get(SNAPSHOT_PATH, { config: limit(OFFERS_PER_MINUTE) }, async (request, reply) => {
    if ((await authenticate(request.headers.authorization)) === undefined)
      return await sendProblem(reply, UNAUTHORISED);
    const input = parseInput(snapshotQuerySchema, request.query);
    if (!input.ok) return await sendProblem(reply, input.error);
    return await reply.send(await snapshotOffer({ database, epoch: org.epoch }, input.value));
  });

  app.get(`${SNAPSHOT_CHUNK_PATH}/:hash`, { config: limit(CHUNKS_PER_MINUTE) }, async (request, reply) => {
    if ((await authenticate(request.headers.authorization)) === undefined)
      return await sendProblem(reply, UNAUTHORISED);
    const params = parseInput(chunkParams, request.params);
    if (!params.ok) return await sendProblem(reply, params.error);
    const chunk = await findChunk(database, params.value.hash);
    if (chunk === undefined)
      return await sendProblem(reply, { code: 'not-found', message: 'No snapshot that is kept has this piece.' });
    return await reply.type('application/octet-stream').send(chunk);
  });
}

const UNAUTHORISED = { code: 'unauthorised', message: 'The token is not valid here.' };
