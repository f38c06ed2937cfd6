/** A whole head office over HTTP on a test database, with a clock that tests set, and tills enrolled at it. */
import type { StoreId, TillId } from '../../../base/ids.ts';
import { createLog } from '../../../base/node/log.ts';
import { generateSigningKeys } from '../../../base/node/signing.ts';
import { enrolAnswerSchema } from '../../protocol/enrolment.ts';
import { ENROL_PATH, FEED_PATH, PUSH_PATH } from '../../protocol/paths.ts';
import { startHeadOffice, type HeadOffice } from '../head-office.ts';
import type { Database } from '../store/client.ts';
import { openTestDatabase, type TestServer } from './databases.ts';
import { testTill, tokenOf, type TestKeys, type TestTill } from './test-till.ts';

export type Answer = { readonly status: number; readonly type: string; readonly body: unknown };

export type TestHeadOffice = {
  readonly office: HeadOffice;
  readonly database: Database;
  readonly databaseUrl: string;
  /** Milliseconds; tests move it. */
  readonly clock: { now: number };
  /** A new till with the name for its id, enrolled; in the tests' store by default. */
  enrolTill(name: string, store?: StoreId): Promise<TestTill>;
  enrolAgain(till: TestTill): Promise<TestTill>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  push(till: TestTill, batch: unknown): Promise<Answer>;
  /** The page as text, since its hash is over what was sent. */
  feed(till: TestTill, query: string): Promise<{ readonly status: number; readonly text: string }>;
  close(): Promise<void>;
};

export const TEST_NOW = Date.UTC(2026, 5, 15, 10);
export const TEST_STORE = 's1' as StoreId; // a name of the tests

const log = createLog('test');
log.level = process.env['LOYALTILL_LOG'] ?? 'fatal';

export async function startTestHeadOffice(
  server: TestServer,
  options: { consoleFolder?: string } = {},
): Promise<TestHeadOffice> {
  const test = await openTestDatabase(server);
  const clock = { now: TEST_NOW };
  const office = await startHeadOffice({
    dataFolder: '',
    databaseUrl: test.url,
    port: 0,
    clock: () => clock.now,
    dailyRuns: false,
    log,
    ...options,
  });
  await office.admin.createStore({ id: TEST_STORE, name: 'Mitte' });
  const post: TestHeadOffice['post'] = async (path, body, headers = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return await answerOf(
      await fetch(office.url + path, {
        method: 'POST',
        body: text,
        headers: { 'content-type': 'application/json', ...headers },
      }),
    );
  };
  const enrol = async (till: TillId): Promise<TestTill> => {
    const keys: TestKeys = generateSigningKeys();
    const made = await office.admin.createEnrolmentCode(till);
    const code = made.ok ? made.value.code : '';
    const answer = await post(ENROL_PATH, {
      protocol: { min: 1, max: 1 },
      code,
      publicKey: keys.publicKey,
      software: 'test',
    });
    return testTill(enrolAnswerSchema.parse(answer.body), keys);
  };
  return {
    office,
    database: test.client,
    databaseUrl: test.url,
    clock,
    enrolTill: async (name, store = TEST_STORE) => {
      const id = name as TillId; // a name of the tests
      await office.admin.createTill({ id, name, store });
      return await enrol(id);
    },
    enrolAgain: (till) => enrol(till.identity.till.id),
    post,
    push: async (till, batch) =>
      await post(PUSH_PATH, batch, { authorization: `Bearer ${await tokenOf(till, clock.now)}` }),
    feed: async (till, query) => {
      const headers = { authorization: `Bearer ${await tokenOf(till, clock.now)}` };
      const response = await fetch(`${office.url}${FEED_PATH}?${query}`, { headers });
      return { status: response.status, text: await response.text() };
    },
    close: async () => {
      await office.close();
      await test.close();
    },
  };
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, body: text === '' ? null : JSON.parse(text) };
}
