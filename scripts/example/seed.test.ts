import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHeadOffice, type HeadOffice } from '../../sync/server/head-office.ts';
import { removeDatabase, startDatabase } from '../../sync/server/postgres/database-server.ts';
import { openClient } from '../../sync/server/store/client.ts';
import { verifyLedger } from '../../till/store/verify/verify-ledger.ts';
import { TILLS } from './example-chain.ts';
import { seedExample } from './seed.ts';

/** Long enough for members who come back with stamps from both tills. */
const DAYS = 12;
const MIGRATIONS = path.join(import.meta.dirname, '..', '..', 'migrations');

describe('the example that a first start makes', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-example-'));
  const headOfficeFolder = path.join(folder, 'head-office');
  const tillFolder = (id: string): string => path.join(folder, id);
  let office: HeadOffice | undefined;

  beforeAll(async () => {
    await seedExample({ headOffice: headOfficeFolder, till: tillFolder }, 0, () => undefined, DAYS);
  }, 240_000);
  afterAll(async () => {
    await office?.close();
    await removeDatabase(headOfficeFolder);
    rmSync(folder, { recursive: true, force: true });
  });

  it('comes to be, its books prove themselves, and head office has nothing to look at', async () => {
    for (const { id } of TILLS)
      expect(verifyLedger(path.join(tillFolder(id), 'ledger.db'), MIGRATIONS)).toMatchObject({
        findings: [],
        members: 'checked',
      });
    const log = pino({ level: 'silent' });
    office = await startHeadOffice({ dataFolder: headOfficeFolder, port: 0, dailyRuns: false, log });
    const server = await startDatabase({ dataFolder: headOfficeFolder });
    const database = openClient(server.url());
    const [counts] = await database<{ flags: number; spent: number }[]>`
      select (select count(*) from flag)::integer as flags,
        (select count(*) from allowance where granted > 0 and spent > 0)::integer as spent`;
    await database.end();
    await server.close();
    expect(counts?.flags).toBe(0);
    expect(counts?.spent).toBeGreaterThan(0); // what one till earned was called back, and spent at the other
  });
});
