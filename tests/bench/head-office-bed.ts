/** A head office of its own on its own PostgreSQL, and real tills in this process that talk to it over loopback. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLog } from '../../base/node/log.ts';
import type { IncarnationId, StoreId, TillId } from '../../base/ids.ts';
import type { SigningKeyPair } from '../../base/node/signing.ts';
import { enrolWithHeadOffice } from '../../sync/client/enrol.ts';
import { startHeadOffice, type HeadOffice } from '../../sync/server/head-office.ts';
import { removeDatabase, startDatabase } from '../../sync/server/postgres/database-server.ts';
import { openClient, type Database } from '../../sync/server/store/client.ts';
import { openTillEngine, type TillEngine } from '../../till/app/engine.ts';
import { BASE_PROGRAMME, MIGRATIONS } from '../../till/testing/test-till.ts';

const STORE = 's1' as StoreId; // a name of the benchmarks
const DATABASE = 'bench';

export type BareTill = { readonly till: TillId; readonly inc: IncarnationId; readonly keys: SigningKeyPair };

export type HeadOfficeBed = {
  readonly office: HeadOffice;
  readonly database: Database;
  readonly folder: string;
  /** A new till with empty files, enrolled and offline. */
  newTill(name: string): Promise<TillEngine>;
  /** One without files. */
  enrolBare(name: string): Promise<BareTill>;
  close(): Promise<void>;
};

const log = createLog('bench');
log.level = process.env['LOYALTILL_LOG'] ?? 'error';

export async function openHeadOfficeBed(): Promise<HeadOfficeBed> {
  const folder = mkdtempSync(path.join(tmpdir(), 'loyaltill-bench-'));
  const dataFolder = path.join(folder, 'head-office');
  const server = await startDatabase({ dataFolder });
  await server.createDatabase(DATABASE);
  const databaseUrl = server.url(DATABASE);
  const office = await startHeadOffice({ dataFolder: '', databaseUrl, port: 0, dailyRuns: false, log });
  const database = openClient(databaseUrl, { connectionsMax: 2 });
  await office.admin.createStore({ id: STORE, name: 'Bench' });
  await office.admin.publishProgramme(JSON.stringify(BASE_PROGRAMME));
  const tills: TillEngine[] = [];
  return {
    office,
    database,
    folder,
    newTill: async (name) => {
      const till = await enrolledTill(office, mkdtempSync(path.join(folder, `${name}-`)), name as TillId); // likewise
      tills.push(till);
      return till;
    },
    enrolBare: (name) => bareTill(office, name as TillId), // likewise
    close: async () => {
      for (const till of tills) await till.close();
      await database.end();
      await office.close();
      await server.close();
      await removeDatabase(dataFolder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function enrolledTill({ admin, url }: HeadOffice, dataFolder: string, id: TillId): Promise<TillEngine> {
  const code = await codeFor(admin, id);
  const opened = openTillEngine({
    dataFolder,
    migrationsFolder: MIGRATIONS,
    config: { pullEveryMs: 3_600_000, live: false },
    log,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  opened.value.link.setOnline(false);
  const enrolled = await opened.value.call('till.enrol', { headOffice: url, code });
  if (!enrolled.ok) throw new Error(enrolled.error.message);
  return opened.value;
}

async function bareTill({ admin, url }: HeadOffice, id: TillId): Promise<BareTill> {
  const code = await codeFor(admin, id);
  const { signal } = new AbortController();
  const enrolled = await enrolWithHeadOffice({ headOffice: url, code, software: 'bench', fetch, signal });
  if (!enrolled.ok) throw new Error(enrolled.error.message);
  const { keys, answer } = enrolled.value;
  return { till: answer.till.id, inc: answer.inc, keys };
}

async function codeFor(admin: HeadOffice['admin'], id: TillId): Promise<string> {
  await admin.createTill({ id, name: id, store: STORE });
  const made = await admin.createEnrolmentCode(id);
  if (!made.ok) throw new Error(made.error.message);
  return made.value.code;
}
