import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setTimeout } from 'node:timers/promises';
import { openClient } from '../../sync/server/store/client.ts';
import { lastPosition } from '../../sync/server/store/counters.ts';
import { openTestDatabase, testServers, type TestDatabase } from '../../sync/server/testing/databases.ts';
import { createFigures } from './figures.ts';
import { enrolTills, startHeadOffices, type HeadOffices } from './head-offices.ts';
import { differencesFromFreshFold, judgeBooks } from './judge-books.ts';
import { simulatedTill } from './simulated-till.ts';
import { startLoad, type RunningLoad } from './under-load.ts';

const PROCESSES = 3;
const TILLS = 20;
const KILLS = PROCESSES;

describe('several head offices on one database', { timeout: 600_000 }, () => {
  let test: TestDatabase;
  let offices: HeadOffices | undefined;
  let load: RunningLoad | undefined;

  beforeEach(async () => {
    const [server] = testServers();
    if (server === undefined) throw new Error('no PostgreSQL');
    test = await openTestDatabase(server);
  });
  afterEach(async () => {
    load?.stop();
    await offices?.close();
    await test.close();
  });

  it('lose and double nothing while they are killed one at a time under load, and fold as a fresh fold does', async () => {
    const figures = createFigures();
    const tills = (await enrolTills(test.client, TILLS)).map((books) => simulatedTill(books, figures));
    const running = await startHeadOffices(test.url, PROCESSES);
    offices = running;
    load = startLoad({
      tills,
      members: 200,
      sellEveryMs: 1_000,
      readers: 2,
      pullEveryMs: 500,
      addresses: running.addresses,
      isOnline: () => true,
    });
    for (let kill = 0; kill < KILLS; kill += 1) {
      await setTimeout(500);
      await running.killAndStart(kill % PROCESSES);
    }
    await load.drain();
    while ((await lastPosition(test.client, 'folded')) < (await lastPosition(test.client, 'entry')))
      await setTimeout(100);
    await running.close();
    const books = await judgeBooks(test.client, tills);
    const sold = tills.reduce((sum, till) => sum + till.confirmed().seq, 0);
    expect(books).toEqual({ entries: sold, lost: 0, duplicated: 0 });
    expect(figures.report().accepted).toBe(sold);
    await test.client.end();
    const maintenance = openClient(test.server.url('postgres'), { connectionsMax: 1 });
    const differences = await differencesFromFreshFold(test.url, maintenance);
    await maintenance.end();
    expect(differences).toEqual({ members: 0, sales: 0 });
  });
});
