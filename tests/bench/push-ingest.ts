/**
 * `push-ingest`: entries taken in from several tills at once, by the way that a push takes from the text of its request on (parsed, proven,
 * durably accepted at their positions), with all that is made of them (members and sales as they stand, what entries are looked up by, flags,
 * places in the feed): from the first request until the last entry is folded. Against COPY of the very same entries into the very same table,
 * indexes and all, in one transaction on the same server; nothing is made of them there. Beside it: until the last entry is accepted.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { present } from '../../base/assert.ts';
import type { StoreId, TillId } from '../../base/ids.ts';
import { createLog } from '../../base/node/log.ts';
import { generateSigningKeys, verifier } from '../../base/node/signing.ts';
import { pushRequestSchema } from '../../sync/protocol/push.ts';
import { foundOrganisation } from '../../sync/server/admin/found-organisation.ts';
import type { Setting } from '../../sync/server/admin/setting.ts';
import { createEnrolmentCode, createStore, createTill } from '../../sync/server/admin/stores-and-tills.ts';
import { enrol } from '../../sync/server/enrolment/enrol.ts';
import { startFoldLoop } from '../../sync/server/fold/fold-loop.ts';
import { openClient, type Database } from '../../sync/server/store/client.ts';
import { removeDatabase, startDatabase, type DatabaseServer } from '../../sync/server/postgres/database-server.ts';
import { migrate } from '../../sync/server/postgres/migrate.ts';
import { createAcceptor } from '../../sync/server/push/acceptor.ts';
import { push, type Sender } from '../../sync/server/push/push.ts';
import { findIncarnation } from '../../sync/server/store/incarnations.ts';
import { batchOf, recordSale, testTill, type TestTill } from '../../sync/server/testing/test-till.ts';
import { quantile, rounded, type BenchLine } from './bench-line.ts';

const TILLS = 4;
const BATCHES_PER_TILL = 19;
/** An entry of a sale has about 930 bytes, and a batch at most 256 KB. */
const BATCH_ENTRIES = 250;
const MEMBERS = 2_000;
/** Redemptions are signed each; other sales are covered by the head of their batch. */
const SIGNED_EVERY = 10;
const ROUNDS = 3;
const NOW = Date.UTC(2026, 5, 15, 10);
const RATIO_MIN = 0.4;
const ACCEPTED_RATIO_MIN = 0.25;
const ROWS = TILLS * BATCHES_PER_TILL * BATCH_ENTRIES;

/** Entries a second: taken in whole, accepted, and copied. */
type Round = { readonly folded: number; readonly accepted: number; readonly copied: number };

export async function pushIngest(): Promise<BenchLine[]> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'loyaltill-bench-'));
  const server = await startDatabase({ dataFolder });
  try {
    const rounds: Round[] = [];
    // The first round warms up. Each has its own baseline, so that a busy minute of the machine hits both.
    for (let round = 0; round <= ROUNDS; round += 1) rounds.push(await measureRound(server, `round${round}`));
    return lines(rounds.slice(1));
  } finally {
    await server.close();
    await removeDatabase(dataFolder);
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

function lines(rounds: readonly Round[]): BenchLine[] {
  return [
    line('push-ingest', rounds, ({ folded }) => folded, {
      min: RATIO_MIN,
      aim: `at least ${RATIO_MIN} of COPY into the same table, with all projections`,
    }),
    line('push-ingest-accepted', rounds, ({ accepted }) => accepted, {
      min: ACCEPTED_RATIO_MIN,
      aim: `at least ${ACCEPTED_RATIO_MIN} of COPY into the same table, until the last entry is durable; it is folded meanwhile`,
    }),
  ];
}

/** Of the round in the middle, by ratio. */
function line(
  name: string,
  rounds: readonly Round[],
  valueOf: (round: Round) => number,
  { min, aim }: { min: number; aim: string },
): BenchLine {
  const ratioOf = (round: Round): number => valueOf(round) / round.copied;
  const ratio = quantile(rounds.map(ratioOf), 0.5);
  const middle = present(
    rounds.find((round) => ratioOf(round) === ratio),
    'it is one of them',
  );
  return {
    name,
    value: rounded(valueOf(middle)),
    unit: 'entries/s',
    baseline: rounded(middle.copied),
    ratio: rounded(ratio),
    aim,
    holds: ratio >= min,
  };
}

async function measureRound(server: DatabaseServer, name: string): Promise<Round> {
  const [first, second] = [await emptyDatabase(server, `${name}_push`), await emptyDatabase(server, `${name}_copy`)];
  const org = await foundOrganisation(first, { name: 'Bench', countryCode: '49' }, NOW);
  const setting: Setting = { database: first, org, clock: () => NOW };
  const tills = await enrolTills(setting);
  const ingest = await measureIngest(setting, tills);
  const copied = await measureCopy(first, second);
  await Promise.all([first.end(), second.end()]);
  await server.dropDatabase(`${name}_push`);
  await server.dropDatabase(`${name}_copy`);
  return { ...ingest, copied };
}

async function emptyDatabase(server: DatabaseServer, name: string): Promise<Database> {
  await server.createDatabase(name);
  const database = openClient(server.url(name));
  await migrate(database);
  return database;
}

type Pusher = { readonly sender: Sender; readonly bodies: readonly string[] };

async function enrolTills(setting: Setting): Promise<Pusher[]> {
  const store = 's1' as StoreId; // a name of the benchmark
  await createStore(setting, { id: store, name: 'Bench' });
  return await Promise.all(Array.from({ length: TILLS }, (_, index) => enrolTill(setting, store, index)));
}

async function enrolTill(setting: Setting, store: StoreId, index: number): Promise<Pusher> {
  const till = `t${index}` as TillId; // a name of the benchmark
  await createTill(setting, { id: till, name: till, store });
  const made = await createEnrolmentCode(setting, till);
  const keys = generateSigningKeys();
  const code = made.ok ? made.value.code : '';
  const enrolled = await enrol(
    setting,
    { protocol: { min: 1, max: 1 }, code, publicKey: keys.publicKey, software: 'bench' },
    'bench',
  );
  if (!enrolled.ok) throw new Error(enrolled.error.message);
  const incarnation = present(await findIncarnation(setting.database, enrolled.value.inc), 'just enrolled');
  const writer = testTill(enrolled.value, keys);
  return { sender: { incarnation, verifier: verifier(keys.publicKey) }, bodies: writeBatches(writer, index) };
}

/** Sales of members whose cards are scanned at all tills, times rising as they do when tills are online. */
function writeBatches(till: TestTill, index: number): string[] {
  for (let sale = 0; sale < BATCHES_PER_TILL * BATCH_ENTRIES; sale += 1) {
    const member = `m${(sale * 7 + index * 13) % MEMBERS}`;
    recordSale(till, NOW - 3_600_000 + sale * 100 + index, member, 3, { signed: sale % SIGNED_EVERY === 0 });
  }
  return Array.from({ length: BATCHES_PER_TILL }, (_, batch) =>
    JSON.stringify(batchOf(till, batch * BATCH_ENTRIES + 1, BATCH_ENTRIES)),
  );
}

async function measureIngest(setting: Setting, tills: readonly Pusher[]): Promise<Omit<Round, 'copied'>> {
  const { database, org, clock } = setting;
  const log = createLog('bench');
  const fold = startFoldLoop({ ...setting, log });
  const acceptor = createAcceptor(database);
  const start = performance.now();
  await Promise.all(
    tills.map(async ({ sender, bodies }) => {
      for (const body of bodies) {
        const request = pushRequestSchema.parse(JSON.parse(body));
        const answer = await push({ database, acceptor, org: org.id, epoch: org.epoch, clock }, sender, request);
        if (!answer.ok || answer.value.status !== 'accepted')
          throw new Error(`a batch was not accepted: ${JSON.stringify(answer)}`);
        fold.wake();
      }
    }),
  );
  const taken = performance.now();
  await fold.toEnd();
  const folded = performance.now();
  await fold.close();
  const perSecond = (end: number): number => ROWS / ((end - start) / 1_000);
  return { folded: perSecond(folded), accepted: perSecond(taken) };
}

/** The rows that were just accepted, as text; their parents are copied over first, since the table refers to them. */
async function measureCopy(from: Database, to: Database): Promise<number> {
  for (const table of ['store', 'till', 'incarnation'])
    await copyIn(to, table, await copyOut(from, `select * from ${table}`));
  const rows = await copyOut(from, 'select * from entry order by position');
  const start = performance.now();
  await copyIn(to, 'entry', rows);
  const seconds = (performance.now() - start) / 1_000;
  const [counted] = await to<{ count: number }[]>`select count(*) as count from entry`;
  return present(counted, 'a count').count / seconds;
}

async function copyOut(database: Database, query: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const stream = await database.unsafe(`copy (${query}) to stdout`).readable();
  for await (const chunk of stream) chunks.push(chunk as Buffer); // the stream gives buffers
  return Buffer.concat(chunks);
}

async function copyIn(database: Database, table: string, rows: Buffer): Promise<void> {
  const stream = await database.unsafe(`copy ${table} from stdin`).writable();
  await pipeline(Readable.from(chunksOf(rows)), stream);
}

function* chunksOf(rows: Buffer): Generator<Buffer> {
  const size = 65_536;
  for (let start = 0; start < rows.length; start += size) yield rows.subarray(start, start + size);
}
