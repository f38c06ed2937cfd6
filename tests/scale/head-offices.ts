/** Several head offices as processes of their own on one database, and tills that are enrolled there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { present } from '../../base/assert.ts';
import type { StoreId, TillId } from '../../base/ids.ts';
import { generateSigningKeys } from '../../base/node/signing.ts';
import { startedChild, type StartedChild } from '../../scripts/example/children.ts';
import { foundOrganisation } from '../../sync/server/admin/found-organisation.ts';
import type { Setting } from '../../sync/server/admin/setting.ts';
import { createEnrolmentCode, createStore, createTill } from '../../sync/server/admin/stores-and-tills.ts';
import { enrol } from '../../sync/server/enrolment/enrol.ts';
import { migrate } from '../../sync/server/postgres/migrate.ts';
import type { Database } from '../../sync/server/store/client.ts';
import { testTill, type TestTill } from '../../sync/server/testing/test-till.ts';

export type HeadOffices = {
  /** Of those that run now; changes with kills and starts. */
  addresses(): readonly string[];
  pids(): readonly number[];
  /** As a power cut does, and starts it again, at another port. */
  killAndStart(index: number): Promise<void>;
  close(): Promise<void>;
};

export async function startHeadOffices(databaseUrl: string, count: number): Promise<HeadOffices> {
  const folder = mkdtempSync(join(tmpdir(), 'loyaltill-scale-'));
  const start = (index: number): Promise<StartedChild> =>
    startedChild('head-office.ts', ['--data', join(folder, `${index}`), '--port', '0'], {
      DATABASE_URL: databaseUrl,
      LOYALTILL_LOG: process.env['LOYALTILL_LOG'] ?? 'fatal',
    });
  const running = new Map<number, StartedChild>();
  await Promise.all(Array.from({ length: count }, async (_, index) => running.set(index, await start(index))));
  return {
    addresses: () => [...running.values()].map(({ place }) => place.url),
    pids: () => [...running.values()].flatMap(({ pid }) => pid ?? []),
    killAndStart: async (index) => {
      const child = present(running.get(index), `no head office ${index}`);
      await child.kill();
      running.delete(index);
      running.set(index, await start(index));
    },
    close: async () => {
      await Promise.all([...running.values()].map((child) => child.stop()));
      running.clear();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const TILLS_PER_STORE = 10;
const AT_ONCE = 16;

/** Tills of stores of ten, enrolled in the database itself: over HTTP an address may do so 60 times a minute. */
export async function enrolTills(database: Database, count: number): Promise<TestTill[]> {
  const migrated = await migrate(database);
  if (!migrated.ok) throw new Error(migrated.error.message);
  const org = await foundOrganisation(database, { name: 'Scale', countryCode: '49' }, Date.now());
  const setting: Setting = { database, org, clock: Date.now };
  const storeOf = (index: number): StoreId => `store-${Math.floor(index / TILLS_PER_STORE)}` as StoreId; // a name of the test
  for (let index = 0; index < count; index += TILLS_PER_STORE)
    await createStore(setting, { id: storeOf(index), name: storeOf(index) });
  const tills: TestTill[] = [];
  for (let start = 0; start < count; start += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - start) }, (_, index) => start + index);
    tills.push(...(await Promise.all(some.map((index) => enrolTill(setting, storeOf(index), index)))));
  }
  return tills;
}

async function enrolTill(setting: Setting, store: StoreId, index: number): Promise<TestTill> {
  const till = `till-${index}` as TillId; // a name of the test
  await createTill(setting, { id: till, name: till, store });
  const made = await createEnrolmentCode(setting, till);
  const keys = generateSigningKeys();
  const request = { protocol: { min: 1, max: 1 }, code: made.ok ? made.value.code : '', software: 'scale' };
  const enrolled = await enrol(setting, { ...request, publicKey: keys.publicKey }, 'scale');
  if (!enrolled.ok) throw new Error(enrolled.error.message);
  return testTill(enrolled.value, keys);
}
