import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MemberId } from '../../../base/ids.ts';
import { createLog } from '../../../base/node/log.ts';
import { startHeadOffice, type HeadOffice } from '../head-office.ts';
import { removeDatabase, startDatabase, type DatabaseServer } from '../postgres/database-server.ts';
import { answerOf } from '../testing/test-head-office.ts';

const log = createLog('test');
log.level = 'silent';

describe('head office whose database goes away', { timeout: 60_000 }, () => {
  let dataFolder: string;
  let servers: DatabaseServer[];
  let office: HeadOffice;

  beforeEach(async () => {
    dataFolder = mkdtempSync(join(tmpdir(), 'loyaltill-outage-'));
    servers = [await startDatabase({ dataFolder })];
    office = await startHeadOffice({ dataFolder, port: 0, log });
  });
  afterEach(async () => {
    await office.close();
    for (const server of servers) await server.close();
    await removeDatabase(dataFolder);
    rmSync(dataFolder, { recursive: true });
  });

  const health = async (): Promise<number> => (await answerOf(await fetch(`${office.url}/healthz`))).status;
  const until = async (status: number): Promise<void> => {
    while ((await health()) !== status) await setTimeout(50);
  };

  it('answers 503 meanwhile, and goes on when it is back', async () => {
    const pid = Number(readFileSync(join(servers[0]?.folder ?? '', 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGQUIT');
    await until(503);
    const answer = await answerOf(await fetch(`${office.url}/healthz`));
    expect(answer).toEqual({
      status: 503,
      type: 'application/problem+json; charset=utf-8',
      body: expect.objectContaining({ code: 'unavailable' }),
    });
    servers.push(await startDatabase({ dataFolder }));
    await until(200);
    const joined = '2026-01-01' as never; // a date in its form
    const member = 'm1' as MemberId; // a name of the test
    expect(await office.admin.enrolMember({ id: member, cards: [], joined })).toEqual({ ok: true, value: member });
  });

  it('starts its own PostgreSQL again where that was killed', async () => {
    const pid = Number(readFileSync(join(servers[0]?.folder ?? '', 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    await until(503);
    await until(200);
    const joined = '2026-01-01' as never; // a date in its form
    const member = 'm2' as MemberId; // a name of the test
    expect(await office.admin.enrolMember({ id: member, cards: [], joined })).toEqual({ ok: true, value: member });
  });
});
