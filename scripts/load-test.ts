/**
 * `npm run --silent load-test -- [--tills 2000] [--minutes 5] [--processes 3] [--sales-per-hour 100] [--readers 100] [--kill]`: light tills that
 * speak the real protocol sell at several head offices on one PostgreSQL of their own. A third of the time all go well, then nobody reaches head
 * office for a third, then all come back at once. `--kill` ends one process after the other meanwhile. One JSON line a phase, and one that
 * judges the books; exit 1 where something was lost, doubled, or folded otherwise than anew.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createFigures } from '../tests/scale/figures.ts';
import { enrolTills, startHeadOffices } from '../tests/scale/head-offices.ts';
import { differencesFromFreshFold, judgeBooks } from '../tests/scale/judge-books.ts';
import { simulatedTill } from '../tests/scale/simulated-till.ts';
import { startLoad } from '../tests/scale/under-load.ts';
import { startWatch } from '../tests/scale/watch.ts';
import { removeDatabase, startDatabase } from '../sync/server/postgres/database-server.ts';
import { openClient } from '../sync/server/store/client.ts';

const { values } = parseArgs({
  options: {
    tills: { type: 'string', default: '2000' },
    minutes: { type: 'string', default: '5' },
    processes: { type: 'string', default: '3' },
    'sales-per-hour': { type: 'string', default: '100' },
    readers: { type: 'string', default: '100' },
    kill: { type: 'boolean', default: false },
  },
});
const tillCount = Number(values.tills);
const phaseMs = (Number(values.minutes) * 60_000) / 3;
const sellEveryMs = 3_600_000 / Number(values['sales-per-hour']);
if (![tillCount, phaseMs, sellEveryMs, Number(values.processes)].every((number) => number > 0)) {
  console.error('Tills, minutes, processes and sales per hour are numbers above 0.');
  process.exit(2);
}
const MEMBERS_PER_TILL = 25;
const PULL_EVERY_MS = 10_000;
const KILL_EVERY_MS = 10_000;

const dataFolder = mkdtempSync(join(tmpdir(), 'loyaltill-load-'));
const server = await startDatabase({ dataFolder });
try {
  await server.createDatabase('load');
  const url = server.url('load');
  const database = openClient(url);
  const figures = [createFigures(), createFigures(), createFigures()] as const;
  let phase = 0;
  const current = {
    answered: (...args: Parameters<(typeof figures)[0]['answered']>) => figures[phase]?.answered(...args),
    accepted: (entries: number) => figures[phase]?.accepted(entries),
    failed: (how: string) => figures[phase]?.failed(how),
    report: () => figures[0].report(),
  };
  say(`enrolling ${tillCount} tills`);
  const tills = (await enrolTills(database, tillCount)).map((books) => simulatedTill(books, current));
  say(`starting ${values.processes} head offices`);
  const offices = await startHeadOffices(url, Number(values.processes));
  const watch = startWatch(database, offices.pids);
  let online = true;
  const load = startLoad({
    tills,
    members: tillCount * MEMBERS_PER_TILL,
    sellEveryMs,
    readers: Math.min(tillCount, Number(values.readers)),
    pullEveryMs: PULL_EVERY_MS,
    addresses: offices.addresses,
    isOnline: () => online,
  });
  const kills = values.kill ? killInTurn(offices.killAndStart, Number(values.processes)) : undefined;
  await during('steady', phaseMs, 0);
  online = false;
  await during('cut', phaseMs, 1);
  online = true;
  const start = performance.now();
  const behind = waiting();
  phase = 2;
  for (; waiting() > tillCount / 10; await setTimeout(50)) load.check();
  const caughtUpMs = Math.round(performance.now() - start);
  await setTimeout(Math.max(0, phaseMs - caughtUpMs));
  await kills?.stop();
  say('draining');
  await load.drain();
  say('waiting for the fold');
  while ((await watch.now()).foldBehind > 0) await setTimeout(50);
  print({
    phase: 'back',
    behind,
    caughtUpMs,
    entriesPerSecond: Math.round((behind / caughtUpMs) * 1_000),
    ...figures[2].report(),
  });
  const watched = await watch.now();
  await watch.close();
  await offices.close();
  say('judging the books');
  const books = await judgeBooks(database, tills);
  await database.end({ timeout: 5 });
  const maintenance = openClient(server.url('postgres'), { connectionsMax: 1 });
  const differences = await differencesFromFreshFold(url, maintenance);
  await maintenance.end({ timeout: 5 });
  print({ phase: 'books', ...books, differences, kills: kills?.count() ?? 0, ...watched });
  const wrong = books.lost + books.duplicated + differences.members + differences.sales;
  process.exitCode = wrong === 0 ? 0 : 1;

  async function during(name: string, ms: number, number: number): Promise<void> {
    phase = number;
    const begun = performance.now();
    await setTimeout(ms);
    const report = figures[number]?.report();
    const seconds = (performance.now() - begun) / 1_000;
    const { foldBehind, memoryMaxMb } = await watch.now();
    const entriesPerSecond = Math.round((report?.accepted ?? 0) / seconds);
    print({ phase: name, seconds: Math.round(seconds), entriesPerSecond, foldBehind, memoryMaxMb, ...report });
  }
  function waiting(): number {
    return tills.reduce((sum, till) => sum + till.waiting(), 0);
  }
} finally {
  await server.close();
  await removeDatabase(dataFolder);
  rmSync(dataFolder, { recursive: true, force: true });
}

function killInTurn(
  killAndStart: (index: number) => Promise<void>,
  processes: number,
): { stop(): Promise<void>; count(): number } {
  let running = true;
  let count = 0;
  const loop = (async () => {
    while (running) {
      await setTimeout(KILL_EVERY_MS * (0.5 + Math.random()));
      if (!running) return;
      await killAndStart(count % processes);
      count += 1;
    }
  })();
  return {
    stop: async () => {
      running = false;
      await loop;
    },
    count: () => count,
  };
}

function print(line: object): void {
  console.log(JSON.stringify(line));
}

function say(line: string): void {
  console.error(line);
}
