/**
 * Makes the golden files of a release, by the code of that release: `node scripts/golden.ts FOLDER`. A till on a real head office does
 * everything once; its files, what went over the wire, and what both then said of everybody are kept for every later release to read.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { pino } from 'pino';
import { startHeadOffice } from '../sync/server/head-office.ts';
import { openTestDatabase, testServers } from '../sync/server/testing/databases.ts';
import { openTillEngine } from '../till/app/engine.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('name a folder');
const NOW = Date.UTC(2026, 5, 15, 10);
const log = pino({ level: 'silent' });
const programme = {
  id: 'golden',
  version: 1,
  effectiveFrom: '2025-01-01',
  currency: 'EUR',
  minorDigits: 2,
  timezone: 'Europe/Berlin',
  enrolment: 'automatic',
  wallets: [
    { id: 'points', kind: 'points', expiry: { from: 'earn', after: 'P12M', round: 'month-end' } },
    { id: 'stamps', kind: 'stamps' },
  ],
  earn: [
    { id: 'base', wallet: 'points', amount: { per: 'spend', give: 1, every: 100 } },
    { id: 'coffee', wallet: 'stamps', amount: { per: 'item', give: 1 }, lines: { sku: ['COFFEE'] } },
  ],
  rewards: [
    { id: 'pay', cost: { wallet: 'points' }, give: { kind: 'spend', points: 100, money: 100, step: 10 } },
    {
      id: 'tenth',
      cost: { wallet: 'stamps', amount: 2 },
      give: { kind: 'free-item', lines: { sku: ['COFFEE'] }, quantity: 1 },
    },
  ],
  limits: { transfer: { perMonth: 1000 }, adjust: { cashier: 100, manager: 1000 } },
};

const wire: { method: string; path: string; body: string | null; status: number; answer: string }[] = [];
const line: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const answer = await response.clone().text();
  const { pathname, search } = new URL(input instanceof Request ? input.url : input);
  wire.push({
    method: init?.method ?? 'GET',
    path: pathname + search,
    body: (init?.body as string | undefined) ?? null, // a name or shape of the golden till
    status: response.status,
    answer,
  });
  return response;
};

const [server] = testServers();
if (server === undefined) throw new Error('no PostgreSQL');
const database = await openTestDatabase(server);
const office = await startHeadOffice({
  dataFolder: '',
  databaseUrl: database.url,
  port: 0,
  clock: () => NOW,
  dailyRuns: false,
  log,
});
const { admin } = office;
await admin.createStore({ id: 's1' as never, name: 'Mitte' }); // a name or shape of the golden till
await admin.createTill({ id: 't1' as never, name: 'Till 1', store: 's1' as never }); // a name or shape of the golden till
must(await admin.publishProgramme(JSON.stringify(programme)));
must(
  await admin.enrolMembers([
    {
      id: 'ada' as never, // a name or shape of the golden till
      cards: ['2900000000018' as never], // a name or shape of the golden till
      joined: '2026-01-01' as never, // a name or shape of the golden till
      firstName: 'Ada',
      birthday: '05-04',
    },
    { id: 'bea' as never, cards: [], joined: '2026-01-01' as never }, // a name or shape of the golden till
  ]),
);
const code = must(await admin.createEnrolmentCode('t1' as never)); // a name or shape of the golden till
const data = path.join(folder, 'till');
mkdirSync(data, { recursive: true });
const engine = must(
  openTillEngine({
    dataFolder: data,
    migrationsFolder: path.join(import.meta.dirname, '..', 'migrations'),
    clock: { wall: () => NOW as never, monotonic: () => NOW, boot: 'golden' }, // a name or shape of the golden till
    fetch: line,
    log,
  }),
);
const manager = { actor: { operator: 'manager' as never, role: 'manager' as const }, approver: null }; // a name or shape of the golden till
let commands = 0;
const call = async (name: never, input: object): Promise<never> => {
  commands += 1;
  const command = `00000000-0000-4000-8000-${String(commands).padStart(12, '0')}`;
  return must(await engine.call(name, { command, ...input }, manager as never)) as never; // a name or shape of the golden till
};
const coffee = {
  sku: 'COFFEE',
  name: 'Coffee',
  category: 'Drinks',
  tags: [],
  quantity: '3',
  unitPrice: 350,
  taxRate: '0.19',
};
const cake = {
  sku: 'CAKE',
  name: 'Cake',
  category: 'Cakes',
  tags: [],
  quantity: '1',
  unitPrice: 9_900,
  taxRate: '0.07',
};
const sell = async (
  member: string | null,
  lines: object[],
  redeem: object[] = [],
): Promise<{ sale: string; claimCode: string | null }> =>
  await call('sale.commit' as never, { member, lines, redeem, reference: null, expectedDue: null }); // a name or shape of the golden till

must(await engine.call('till.enrol', { headOffice: office.url, code: code.code }));
must(await engine.link.syncNow());
const enrol = 'member.enrol' as never; // a name or shape of the golden till
const enrolled: { member: string } = await call(enrol, {
  // a name or shape of the golden till
  card: '2900000000025',
  firstName: 'Cleo',
  phone: '+4915112345678',
  email: null,
  birthday: '2000-02-29',
});
const first = await sell('ada', [coffee, cake]);
await sell('ada', [coffee], [{ reward: 'tenth' }, { reward: 'pay', points: 50 }]);
await call('sale.refund' as never, { sale: first.sale, what: { lines: [{ line: 1, quantity: '1' }] } }); // a name or shape of the golden till
const wrong = await sell('bea', [cake]);
await call('sale.void' as never, { sale: wrong.sale }); // a name or shape of the golden till
await sell('bea', [cake]);
const anonymous = await sell(null, [cake]);
await call('sale.claim' as never, { code: anonymous.claimCode, member: 'bea' }); // a name or shape of the golden till
const late = await sell(null, [coffee]);
await call('sale.attach' as never, { sale: late.sale, member: enrolled.member }); // a name or shape of the golden till
await call('member.adjust' as never, { member: 'ada', wallet: 'points', amount: 40, reason: 'sorry' }); // a name or shape of the golden till
await call('member.transfer' as never, { from: 'bea', to: 'ada', wallet: 'points', amount: 15 }); // a name or shape of the golden till
await call('member.card' as never, { member: 'ada', action: 'replace', card: '2900000000018', new: '2900000000032' }); // a name or shape of the golden till
must(await engine.link.syncNow());
await admin.foldToEnd();
must(await engine.link.syncNow());
await sell('ada', [cake]); // stays unsent

const members = ['ada', 'bea', enrolled.member];
const expected = {
  atHeadOffice: await Promise.all(members.map(async (member) => await admin.memberView(member as never))), // a name or shape of the golden till
  atTill: members.map((member) => ({ member, state: engine.parts.members.find(member as never)?.state })), // a name or shape of the golden till
};
await engine.close();
await office.close();
await database.close();
for (const file of ['ledger.db', 'members.db'])
  writeFileSync(path.join(folder, `${file}.gz`), gzipSync(readFileSync(path.join(data, file))));
writeFileSync(path.join(folder, 'keys.json'), readFileSync(path.join(data, 'keys.json')));
writeFileSync(path.join(folder, 'wire.json.gz'), gzipSync(JSON.stringify(wire)));
writeFileSync(path.join(folder, 'expected.json.gz'), gzipSync(JSON.stringify(expected)));

function must<Value>(result: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
