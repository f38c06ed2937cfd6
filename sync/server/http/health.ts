import type { FastifyInstance } from 'fastify';
import type { Setting } from '../admin/setting.ts';
import { lastPosition } from '../store/counters.ts';

/** 200 where the database answers; 503, as a problem document, where it does not. For who watches the process. */
export function addHealth(app: FastifyInstance, { database, clock }: Setting): void {
  app.get('/healthz', async () => {
    await lastPosition(database, 'entry');
    return { status: 'ok', serverTime: clock() };
  });
}
