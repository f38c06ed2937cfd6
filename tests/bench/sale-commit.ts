/** The durable write of an evaluated sale, against a bare durable commit of better-sqlite3 on the same disk. Both take turns. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { assert } from '../../base/assert.ts';
import { recordSale } from '../../till/app/commit-sale.ts';
import { momentNow } from '../../till/app/moment.ts';
import { priceSale } from '../../till/app/price-sale.ts';
import { CASHIER } from '../../till/app/engine.ts';
import type { MemberId } from '../../base/ids.ts';
import { newCommand, openTestTill, type TestTill } from '../../till/testing/test-till.ts';
import { eanCheckDigit } from '../../hardware/scanner/check-digits.ts';
import { microseconds, quantile, rounded, type BenchLine } from './bench-line.ts';

const BEGIN = Date.parse('2026-03-02T10:00:00Z');
const MEMBERS = 300;
const ROUNDS = 60;
const COMMITS_PER_ROUND = 50;
const WARM_UP_ROUNDS = 10;
const RATIO_MAX = 2.5;
/** As long as the entry of such a sale. */
const ROW_BYTES = 1_200;
const DAY_MS = 86_400_000;

export async function saleCommit(): Promise<BenchLine[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-bench-'));
  const bare = bareDatabase(path.join(folder, 'bare.db'));
  bare.exec('CREATE TABLE row (id INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT');
  const insert = bare.prepare('INSERT INTO row (content) VALUES (?)');
  const till = await openTestTill();
  const members = await enrol(till);
  const sales: number[] = [];
  const commits: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const measured = round >= WARM_UP_ROUNDS;
    till.clock.set(new Date(BEGIN + round * DAY_MS).toISOString()); // each round is a day of the shop
    for (let at = 0; at < COMMITS_PER_ROUND; at += 1) {
      const commit = microseconds(() => insert.run(Buffer.alloc(ROW_BYTES, at)));
      const sale = sell(till, members[(round * COMMITS_PER_ROUND + at * 7) % members.length]);
      if (measured) commits.push(commit);
      if (measured) sales.push(sale);
    }
  }
  bare.close();
  await till.close();
  rmSync(folder, { recursive: true });
  const [value, baseline] = [quantile(sales, 0.5), quantile(commits, 0.5)];
  return [
    {
      name: 'sale-commit',
      value: rounded(value),
      unit: 'µs median',
      baseline: rounded(baseline),
      ratio: rounded(value / baseline),
      aim: `at most ${RATIO_MAX} times a bare durable commit`,
      holds: value <= RATIO_MAX * baseline,
    },
  ];
}

/** As better-sqlite3 opens one by itself, its commits made durable. */
function bareDatabase(file: string): Database.Database {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
  assert(db.pragma('synchronous', { simple: true }) === 2, 'the baseline is not durable');
  return db;
}

async function enrol(till: TestTill): Promise<MemberId[]> {
  const members: MemberId[] = [];
  for (let index = 0; index < MEMBERS; index += 1) {
    const digits = `29${String(index).padStart(10, '0')}`;
    const card = `${digits}${eanCheckDigit(digits)}`;
    const enrolled = await till.ask('member.enrol', {
      command: newCommand(),
      card,
      firstName: null,
      phone: null,
      email: null,
      birthday: null,
    });
    members.push(enrolled.member);
  }
  return members;
}

/** Evaluates a sale, and answers how long its durable write took: entry, books, member, receipt and answer. */
function sell({ engine }: TestTill, member: MemberId | undefined): number {
  const { parts } = engine;
  const request = {
    command: newCommand(),
    member: member ?? null,
    lines: [
      { sku: 'COFFEE', name: 'Coffee', category: 'Coffee', tags: [], quantity: '2', unitPrice: 350, taxRate: '0.19' },
      { sku: 'CAKE', name: 'Cake', category: 'Cakes', tags: [], quantity: '1', unitPrice: 420, taxRate: '0.07' },
    ],
    redeem: [],
    reference: null,
    expectedDue: null,
    print: false,
  };
  const moment = momentNow(parts, parts.writer.last());
  const priced = priceSale(parts, request, CASHIER, moment);
  return microseconds(() => {
    const sold = recordSale(parts, CASHIER, request, moment, () => priced);
    if (!sold.ok) throw new Error(sold.error.message);
  });
}
