/**
 * Files and messages of every released version, opened and answered by this one: a till's database, what it pushed, what head office sent it.
 * `scripts/golden.ts` made them, by the code of each release; a golden file is never made again.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { IncarnationId, MemberId } from '../../base/ids.ts';
import { readPage } from '../../sync/client/pull.ts';
import { tokenSource } from '../../sync/client/token.ts';
import { signer } from '../../base/node/signing.ts';
import { enrolAnswerSchema, enrolRequestSchema } from '../../sync/protocol/enrolment.ts';
import { pushAnswerSchema, pushRequestSchema } from '../../sync/protocol/push.ts';
import { migrate } from '../../sync/server/postgres/migrate.ts';
import { startHeadOffice } from '../../sync/server/head-office.ts';
import { rebuildHeadOffice } from '../../sync/server/rebuild/rebuild.ts';
import { openTestDatabase, testServers, type TestDatabase } from '../../sync/server/testing/databases.ts';
import { openTillEngine, type TillEngine } from '../../till/app/engine.ts';
import { readTillBook } from '../../till/store/read-book.ts';
import { verifyLedger } from '../../till/store/verify/verify-ledger.ts';
import { MIGRATIONS } from '../../till/testing/test-till.ts';

const RELEASES = readdirSync(import.meta.dirname).filter((name) => /^\d+\.\d+\.\d+$/.test(name));
const NOW = Date.UTC(2026, 5, 15, 10);
const log = pino({ level: 'silent' });

const wireSchema = z.array(
  z.object({
    method: z.string(),
    path: z.string(),
    body: z.string().nullable(),
    status: z.number(),
    answer: z.string(),
  }),
);
const walletsSchema = z.record(z.string(), z.object({ lots: z.array(z.object({ amount: z.number() })) }));
const expectedSchema = z.object({
  atHeadOffice: z.array(
    z.looseObject({ member: z.string(), state: z.looseObject({ wallets: z.unknown(), sales: z.unknown() }) }),
  ),
  atTill: z.array(z.object({ member: z.string(), state: z.looseObject({ wallets: walletsSchema }) })),
});

describe.each(RELEASES)('release %s', (release) => {
  const golden = path.join(import.meta.dirname, release);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-golden-'));
  const read = (name: string): string => gunzipSync(readFileSync(path.join(golden, name))).toString('utf8');
  const wire = wireSchema.parse(JSON.parse(read('wire.json.gz')));
  const expected = expectedSchema.parse(JSON.parse(read('expected.json.gz')));

  const copy = (): string => {
    const target = mkdtempSync(path.join(folder, 'till-'));
    for (const file of ['ledger.db', 'members.db'])
      writeFileSync(path.join(target, file), gunzipSync(readFileSync(path.join(golden, `${file}.gz`))));
    writeFileSync(path.join(target, 'keys.json'), readFileSync(path.join(golden, 'keys.json')), { mode: 0o600 });
    return target;
  };
  const open = (dataFolder: string): TillEngine => {
    const clock = { wall: () => NOW as never, monotonic: () => NOW, boot: 'golden' }; // an instant
    const opened = openTillEngine({ dataFolder, migrationsFolder: MIGRATIONS, clock, log });
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  };

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('left a till whose book this one proves, before and after it brings the file to its own version', async () => {
    const data = copy();
    const ledger = path.join(data, 'ledger.db');
    expect(verifyLedger(ledger, MIGRATIONS).findings).toEqual([]);
    await open(data).close();
    expect(verifyLedger(ledger, MIGRATIONS).findings).toEqual([]);
  });

  it('left a till that knows of everybody what it knew', async () => {
    const engine = open(copy());
    const sums = (wallets: z.infer<typeof walletsSchema>) =>
      Object.entries(wallets).map(([wallet, { lots }]) => [wallet, lots.map(({ amount }) => amount)]);
    for (const { member, state } of expected.atTill) {
      const now = walletsSchema.parse(engine.parts.members.find(member as MemberId)?.state.wallets); // a name of the golden till
      expect(sums(now)).toEqual(sums(state.wallets));
    }
    expect(expected.atTill).toHaveLength(3);
    await engine.close();
  });

  it('sent what this head office reads, and read what this till still reads', () => {
    const of = (name: string) => wire.filter((message) => message.path.startsWith(`/sync/v1/${name}`));
    for (const { body, answer } of of('enrol')) {
      expect(enrolRequestSchema.safeParse(JSON.parse(body ?? '')).success).toBe(true);
      expect(enrolAnswerSchema.safeParse(JSON.parse(answer)).success).toBe(true);
    }
    for (const { body, answer } of of('push')) {
      expect(pushRequestSchema.safeParse(JSON.parse(body ?? '')).error?.issues).toBeUndefined();
      expect(pushAnswerSchema.safeParse(JSON.parse(answer)).error?.issues).toBeUndefined();
    }
    for (const { answer } of of('feed')) expect(readPage(JSON.parse(answer)).ok).toBe(true);
    expect([of('enrol').length, of('push').length > 0, of('feed').length > 0]).toEqual([1, true, true]);
  });

  describe('at a head office of this version', () => {
    let database: TestDatabase;
    let url = '';
    let close: () => Promise<void>;
    let inc: IncarnationId;
    let office: Awaited<ReturnType<typeof startHeadOffice>>;

    beforeAll(async () => {
      const [server] = testServers();
      if (server === undefined) throw new Error('no PostgreSQL');
      database = await openTestDatabase(server);
      await migrate(database.client);
      const book = { ...readTillBook(copy()), lookupKey: undefined };
      inc = book.streams[0]?.inc as IncarnationId; // the golden till was enrolled once
      // Its roster and programme, and no entry of it: those come over the wire.
      const nothing = { ...book, entries: () => [], grants: () => [] };
      const rebuilt = await rebuildHeadOffice(database.client, [nothing], {
        at: NOW,
        countryCode: '49',
        openBalances: false,
      });
      book.close();
      if (!rebuilt.ok) throw new Error(rebuilt.error.message);
      office = await startHeadOffice({
        dataFolder: '',
        databaseUrl: database.url,
        port: 0,
        clock: () => NOW,
        dailyRuns: false,
        log,
      });
      url = office.url;
      close = async () => {
        await office.close();
        await database.close();
      };
    });
    afterAll(() => close());

    const token = (): string => {
      const { content } = z
        .object({ content: z.string() })
        .parse(JSON.parse(readFileSync(path.join(golden, 'keys.json'), 'utf8')));
      const keys = z
        .record(z.string(), z.object({ publicKey: z.string(), privateKey: z.string() }))
        .parse(JSON.parse(content))[inc];
      if (keys === undefined) throw new Error('no key of the golden till');
      const identity = { headOffice: url, till: 't1' as never, inc, sign: (text: string) => signer(keys).sign(text) }; // its name
      return tokenSource(identity, () => NOW).token();
    };

    it('every batch that it pushed is accepted, and folded to what it was', async () => {
      for (const { body } of wire.filter((message) => message.path.startsWith('/sync/v1/push'))) {
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${token()}` };
        const response = await fetch(`${url}/sync/v1/push`, { method: 'POST', body, headers });
        expect(await response.json()).toMatchObject({ status: 'accepted' });
      }
      await office.admin.foldToEnd();
      for (const { member, state } of expected.atHeadOffice) {
        const { wallets, sales } = state;
        const view = await office.admin.memberView(member as MemberId); // a name of the golden till
        expect(view).toMatchObject({ state: { wallets, sales } });
      }
      expect(expected.atHeadOffice).toHaveLength(3);
    });
  });
});
