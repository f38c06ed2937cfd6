import type { FastifyInstance } from 'fastify';
import type { Setting } from '../admin/setting.ts';
import { lastPosition } from '../store/counters.ts';

/**
 * 200 where the database answers; 503, as a problem document, where it does not. For who watches the process, or spreads tills over several.
 * `waitingForFold`: entries that are accepted and not folded yet, by whichever process.
 */
export function addHealth(app: FastifyInstance, { database, clock }: Setting): void {
  app.get('/healthz', async () => {
    const folded = await lastPosition(database, 'folded');
    const accepted = await lastPosition(database, 'entry');
    return { status: 'ok', serverTime: clock(), process: process.pid, waitingForFold: accepted - folded };
  });
}
