/** Two real tills on a real head office, nobody's beat in the way: what one sells the other shows because head office tells it. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CardCode, MemberId, TillId, WalletId } from '../../base/ids.ts';
import type { BusinessDate } from '../../base/business-date.ts';
import { testServers } from '../../sync/server/testing/databases.ts';
import { startTestHeadOffice, TEST_STORE, type TestHeadOffice } from '../../sync/server/testing/test-head-office.ts';
import { openTillEngine, type TillEngine } from '../../till/app/engine.ts';
import { BASE_PROGRAMME, MIGRATIONS, newCommand } from '../../till/testing/test-till.ts';

const ADA = 'ada' as MemberId; // names of the tests
const CARD = '2900000000018' as CardCode;
const POINTS = 'points' as WalletId;
const AN_HOUR_MS = 3_600_000;

describe.each(testServers())('news of head office, on $title', (server) => {
  let ho: TestHeadOffice;
  let folder: string;
  const tills: TillEngine[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-live-'));
    ho = await startTestHeadOffice(server);
    ho.clock.now = Date.now();
    await ho.office.admin.publishProgramme(JSON.stringify(BASE_PROGRAMME));
    await ho.office.admin.enrolMember({ id: ADA, cards: [CARD], joined: '2026-01-01' as BusinessDate });
    for (const name of ['t1', 't2']) tills.push(await openTill(name));
  });
  afterAll(async () => {
    for (const till of tills) await till.close();
    await ho.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const openTill = async (name: string): Promise<TillEngine> => {
    const id = name as TillId;
    await ho.office.admin.createTill({ id, name, store: TEST_STORE });
    const code = await ho.office.admin.createEnrolmentCode(id);
    if (!code.ok) throw new Error(code.error.message);
    const opened = openTillEngine({
      dataFolder: mkdtempSync(path.join(folder, `${name}-`)),
      migrationsFolder: MIGRATIONS,
      config: { pullEveryMs: AN_HOUR_MS },
      log: pino({ level: 'silent' }),
    });
    if (!opened.ok) throw new Error(opened.error.message);
    const engine = opened.value;
    engine.link.start();
    const enrolled = await engine.call('till.enrol', { headOffice: ho.office.url, code: code.value.code });
    if (!enrolled.ok) throw new Error(enrolled.error.message);
    expect(await engine.link.syncNow()).toMatchObject({ ok: true });
    return engine;
  };

  it('reach a till that waits for them: the other till’s sale, without any beat', async () => {
    const [first, second] = tills;
    if (first === undefined || second === undefined) throw new Error('two tills were opened');
    const shown = new Promise<number>((resolve) => {
      second.parts.events.subscribe(() => {
        const lot = second.parts.members.find(ADA)?.state.wallets[POINTS]?.lots[0];
        if (lot !== undefined) resolve(lot.amount);
      });
    });
    const line = {
      sku: 'TEA',
      name: 'Tea',
      category: 'Drinks',
      tags: [],
      quantity: '1',
      unitPrice: 700,
      taxRate: '0.07',
    };
    const sold = await first.call('sale.commit', {
      command: newCommand(),
      member: ADA,
      lines: [line],
      redeem: [],
      reference: null,
      expectedDue: null,
    });
    expect(sold.ok ? '' : sold.error.message).toBe('');
    expect(await shown).toBe(7);
  });
});
