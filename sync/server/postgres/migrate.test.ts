import { cpSync, mkdtempSync, rmSync, writeFileSync, appendFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, testServers, type TestDatabase } from '../testing/databases.ts';
import { migrate, MIGRATIONS_FOLDER } from './migrate.ts';

describe.each(testServers())('migrations of head office on $title', (server) => {
  let test: TestDatabase;
  let folder: string;

  beforeEach(async () => {
    test = await openTestDatabase(server);
    folder = mkdtempSync(join(tmpdir(), 'loyaltill-migrations-'));
    cpSync(MIGRATIONS_FOLDER, folder, { recursive: true });
  });
  afterEach(async () => {
    await test.close();
    rmSync(folder, { recursive: true });
  });

  const shipped = readdirSync(MIGRATIONS_FOLDER).length;
  const nextName = `${String(shipped + 1).padStart(4, '0')}_next.sql`;
  const versions = async (): Promise<number[]> =>
    (await test.client<{ version: number }[]>`select version from migration order by version`).map(
      (row) => row.version,
    );

  it('applies every file once, in order', async () => {
    expect(await migrate(test.client, folder)).toEqual({ ok: true, value: shipped });
    expect(await migrate(test.client, folder)).toEqual({ ok: true, value: 0 });
    expect(await versions()).toEqual(Array.from({ length: shipped }, (_, index) => index + 1));
  });

  it('applies each once when two processes start together', async () => {
    const results = await Promise.all([migrate(test.client, folder), migrate(test.client, folder)]);
    expect(results.reduce((sum, result) => sum + (result.ok ? result.value : 0), 0)).toBe(shipped);
  });

  it('leaves neither table nor note of a file that fails half-way, and takes it up when it is right', async () => {
    writeFileSync(join(folder, nextName), 'create table half (id integer); select 1 / 0;');
    await expect(migrate(test.client, folder)).rejects.toThrow('division by zero');
    expect(await versions()).toHaveLength(shipped);
    expect(await test.client`select 1 from pg_tables where tablename = 'half'`).toHaveLength(0);
    writeFileSync(join(folder, nextName), 'create table half (id integer);');
    expect(await migrate(test.client, folder)).toEqual({ ok: true, value: 1 });
  });

  it('refuses a shipped file that was changed', async () => {
    await migrate(test.client, folder);
    appendFileSync(join(folder, '0001_organisation.sql'), '\n-- one more remark\n');
    const result = await migrate(test.client, folder);
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'changed-migration', message: expect.stringContaining('0001_organisation') },
    });
  });

  it('refuses a database from the future', async () => {
    writeFileSync(join(folder, nextName), 'create table later (id integer);');
    await migrate(test.client, folder);
    rmSync(join(folder, nextName));
    const result = await migrate(test.client, folder);
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'future-database', message: expect.stringContaining('newer program') },
    });
  });
});
