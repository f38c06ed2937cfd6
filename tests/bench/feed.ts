/**
 * `feed`: 50 tills at once pull all rows of 20,000 members from one head office over loopback, page by page; rows
 * a second, against one connection that reads the same rows from PostgreSQL. The tills are in a process of their own.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';
import { insertManyMembers } from '../../sync/server/testing/many-members.ts';
import { memberRowsAfter } from '../../sync/server/store/feed-rows.ts';
import { rounded, type BenchLine } from './bench-line.ts';
import type { FeedClients } from './feed-clients.ts';
import { openHeadOfficeBed, type HeadOfficeBed } from './head-office-bed.ts';

const TILLS = 50;
const MEMBERS = Number(process.env['LOYALTILL_BENCH_MEMBERS'] ?? 20_000);
const PAGE = 2_000;
const CLIENTS = path.join(import.meta.dirname, 'feed-clients.ts');

export async function feed(): Promise<BenchLine[]> {
  const bed = await openHeadOfficeBed();
  try {
    await insertManyMembers(bed.database, MEMBERS);
    const tills = [];
    for (let index = 0; index < TILLS; index += 1) tills.push(await bed.enrolBare(`t${index}`));
    const { rows, seconds } = await pullAll({ headOffice: bed.office.url, tills });
    if (rows < TILLS * MEMBERS) throw new Error(`${rows} rows are not those of ${TILLS} tills`);
    const direct = await readDirectly(bed);
    return [
      {
        name: 'feed',
        value: rounded(rows / seconds),
        unit: 'rows/s',
        baseline: rounded(direct),
        ratio: rounded(rows / seconds / direct),
        aim: `shown only: ${TILLS} tills at once, in ${rounded(seconds)} s; the baseline is one connection to PostgreSQL`,
        holds: true,
      },
    ];
  } finally {
    await bed.close();
  }
}

const pulledSchema = z.object({ rows: z.int(), seconds: z.number() });

async function pullAll(clients: FeedClients): Promise<z.infer<typeof pulledSchema>> {
  const child = fork(CLIENTS);
  child.send(clients);
  const ended = once(child, 'exit').then((): unknown[] => []);
  const [message] = (await Promise.race([once(child, 'message'), ended])) as unknown[]; // read by its schema
  if (child.connected) child.disconnect();
  return pulledSchema.parse(message);
}

async function readDirectly({ database }: HeadOfficeBed): Promise<number> {
  const begun = performance.now();
  let rows = 0;
  await database.begin(async (transaction) => {
    for (let after = 0; ;) {
      const page = await memberRowsAfter(transaction, after, PAGE);
      rows += page.length;
      if (page.length < PAGE) return;
      after = page.at(-1)?.position ?? after;
    }
  });
  return rows / ((performance.now() - begun) / 1_000);
}
