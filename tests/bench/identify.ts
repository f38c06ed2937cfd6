/** Member, wallets and tier by card among a million members, against `get` of a row of the same bytes by primary key in the same file. */
import path from 'node:path';
import Database from 'better-sqlite3';
import type { CardCode, MemberId } from '../../base/ids.ts';
import { eanCheckDigit } from '../../hardware/scanner/check-digits.ts';
import { NEW_MEMBER_STATE, type MemberState } from '../../ledger/member-state.ts';
import { encodeState, memberStateSchema } from '../../ledger/state-text.ts';
import { pseudoRandom } from '../../scripts/example/pseudo-random.ts';
import type { MemberRow } from '../../sync/protocol/feed.ts';
import { identify as identifyMember } from '../../till/app/find-members.ts';
import { openTestTill, type TestTill } from '../../till/testing/test-till.ts';
import { microseconds, quantile, rounded, type BenchLine } from './bench-line.ts';

const MEMBERS = 1_000_000;
const BATCH = 10_000;
const LOOKUPS = 20_000;
const WARM_UP = 2_000;
const P99_MS_MAX = 1;
const RATIO_MAX = 4;

export async function identify(): Promise<BenchLine[]> {
  const till = await openTestTill();
  fill(till);
  const baselineDb = sameBytes(till);
  const times = measure(till, baselineDb);
  baselineDb.close();
  await till.close();
  const [median, p99, baseline] = [
    quantile(times.identify, 0.5),
    quantile(times.identify, 0.99),
    quantile(times.get, 0.5),
  ];
  return [
    {
      name: 'identify',
      value: rounded(median),
      unit: 'µs median',
      baseline: rounded(baseline),
      ratio: rounded(median / baseline),
      aim: `at most ${RATIO_MAX} times get by primary key`,
      holds: median <= RATIO_MAX * baseline,
    },
    {
      name: 'identify-p99',
      value: rounded(p99 / 1_000),
      unit: 'ms',
      baseline: P99_MS_MAX,
      ratio: rounded(p99 / 1_000 / P99_MS_MAX),
      aim: `under ${P99_MS_MAX} ms`,
      holds: p99 / 1_000 < P99_MS_MAX,
    },
  ];
}

function fill({ engine }: TestTill): void {
  const { store } = engine.parts;
  for (let start = 0; start < MEMBERS; start += BATCH) {
    store.transactMembers(() => {
      for (let index = start; index < start + BATCH; index += 1) store.members.put(memberRow(index), 'e1', 1);
    });
  }
}

function memberRow(index: number): MemberRow {
  return {
    kind: 'member',
    position: index + 1,
    member: `member-${index}` as MemberId, // ids of this benchmark
    version: 1,
    profile: {
      displayName: `Member ${index}`,
      birthday: { month: (index % 12) + 1, day: (index % 28) + 1 },
      segments: [],
      joined: '2025-01-01',
      blocked: false,
      phoneHash: null,
      emailHash: null,
    },
    cards: [{ code: card(index), status: 'active' }],
    state: stateOf(index),
    includes: [],
    recall: null,
  };
}

/** A member who was here this week: two lots, a day with a sale, a reward used. */
function stateOf(index: number): MemberState {
  const sale = `sale-${index}`;
  const lot = (name: number, of: string | null, earned: string, amount: number) => ({
    lot: name,
    sale: of,
    earned,
    from: null,
    end: null,
    amount,
  });
  const lots = [lot(1, null, '2026-01-02', (index % 500) + 1), lot(2, sale, '2026-03-01', 7)];
  return memberStateSchema.parse({
    ...NEW_MEMBER_STATE,
    wallets: { points: { lots, below: 0, next: 3 } },
    visits: index % 40,
    sales: [
      {
        sale,
        date: '2026-03-01',
        store: 's1',
        lines: [{ sku: 'COFFEE', category: null, tags: [], quantity: '2', paid: 700 }],
        earned: [{ rule: 'base', wallet: 'points', amount: 7 }],
        uses: { 'free-coffee': 1 },
        took: {},
        gifts: [],
      },
    ],
    uses: { 'free-coffee': { ever: 3, months: { '2026-03': 1 } } },
  });
}

function card(index: number): CardCode {
  const digits = `29${String(index).padStart(10, '0')}`;
  return `${digits}${eanCheckDigit(digits)}` as CardCode; // with its check digit
}

/** A table of the same number of rows, each as long as a member's, found by a key as long as a card. */
function sameBytes({ dataFolder }: TestTill): Database.Database {
  const db = new Database(path.join(dataFolder, 'baseline.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('cache_size = -64000');
  db.exec('CREATE TABLE row (key TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT, WITHOUT ROWID');
  const insert = db.prepare('INSERT INTO row (key, content) VALUES (?, ?)');
  const filler = 'x'.repeat(120); // what a member's row holds beside its state
  for (let start = 0; start < MEMBERS; start += BATCH) {
    db.transaction(() => {
      for (let index = start; index < start + BATCH; index += 1)
        insert.run(card(index), encodeState(stateOf(index)) + filler);
    })();
  }
  return db;
}

function measure({ engine }: TestTill, db: Database.Database): { identify: number[]; get: number[] } {
  const get = db.prepare<[string], { content: string }>('SELECT content FROM row WHERE key = ?');
  const random = pseudoRandom(1);
  const times = { identify: [] as number[], get: [] as number[] };
  for (let lookup = 0; lookup < LOOKUPS; lookup += 1) {
    const code = card(Math.floor(random() * MEMBERS));
    const found = microseconds(() => expectFound(identifyMember(engine.parts, code).ok));
    const read = microseconds(() => expectFound(get.get(code) !== undefined));
    if (lookup >= WARM_UP) {
      times.identify.push(found);
      times.get.push(read);
    }
  }
  return times;
}

function expectFound(found: boolean): void {
  if (!found) throw new Error('a card of the benchmark was not found');
}
