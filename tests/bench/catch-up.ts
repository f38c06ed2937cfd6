/**
 * `catch-up`: a till that sold 100,000 times without a line gets one: all of its entries are pushed by the real sync loop to a real head office,
 * and the rows that they changed come back. Against reading the same entries from its ledger and hashing them onto their chain.
 */
import type { MemberId } from '../../base/ids.ts';
import { sha256 } from '../../base/node/hash.ts';
import { present } from '../../base/assert.ts';
import { nextHead } from '../../ledger/chain.ts';
import { insertManyMembers } from '../../sync/server/testing/many-members.ts';
import { CASHIER, type TillEngine } from '../../till/app/engine.ts';
import { recordSale } from '../../till/app/commit-sale.ts';
import { momentNow } from '../../till/app/moment.ts';
import { priceSale } from '../../till/app/price-sale.ts';
import { hashHex } from '../../till/store/entries.ts';
import { newCommand } from '../../till/testing/test-till.ts';
import { rounded, type BenchLine } from './bench-line.ts';
import { openHeadOfficeBed } from './head-office-bed.ts';

const ENTRIES = Number(process.env['LOYALTILL_BENCH_ENTRIES'] ?? 100_000);
const MEMBERS = 4_000;
/** Written in one transaction: how fast a till sells is another benchmark's. */
const SALES_AT_ONCE = 500;

export async function catchUp(): Promise<BenchLine[]> {
  const bed = await openHeadOfficeBed();
  try {
    await insertManyMembers(bed.database, MEMBERS);
    const till = await bed.newTill('t1');
    till.link.setOnline(true);
    await synced(till);
    till.link.setOnline(false);
    const members = (await bed.database<{ id: MemberId }[]>`select id from member order by id`).map(({ id }) => id);
    for (let at = 0; at < ENTRIES; at += SALES_AT_ONCE) sellMany(till, members, at);
    const read = readSeconds(till);
    const begun = performance.now();
    till.link.setOnline(true);
    await pushed(till);
    const pushedAt = performance.now();
    await bed.office.admin.foldToEnd();
    await synced(till);
    const backAt = performance.now();
    expectAllBack(till, members);
    const line = (name: string, seconds: number, aim: string): BenchLine => ({
      name,
      value: rounded(ENTRIES / seconds),
      unit: 'entries/s',
      baseline: rounded(ENTRIES / read),
      ratio: rounded(read / seconds),
      aim,
      holds: true,
    });
    return [
      line(
        'catch-up-pushed',
        (pushedAt - begun) / 1_000,
        `shown only: ${ENTRIES} entries confirmed; the baseline reads and hashes them`,
      ),
      line(
        'catch-up',
        (backAt - begun) / 1_000,
        `shown only: ${rounded((backAt - begun) / 1_000)} s until all rows are back, folded`,
      ),
    ];
  } finally {
    await bed.close();
  }
}

/** While the loop goes on with what it has, as it does at a shop. */
async function pushed(till: TillEngine): Promise<void> {
  const { streams, entries } = till.parts.store;
  const inc = present(streams.current(), 'it is enrolled').inc;
  const last = present(entries.last(inc), 'it sold').seq;
  while (present(streams.current(), 'it is enrolled').acknowledgedSeq < last) await synced(till);
}

async function synced(till: TillEngine): Promise<void> {
  const done = await till.link.syncNow();
  if (!done.ok) throw new Error(done.error.message);
}

function sellMany({ parts }: TillEngine, members: readonly MemberId[], from: number): void {
  parts.store.transact(() => {
    for (let index = from; index < from + SALES_AT_ONCE; index += 1) {
      const request = {
        command: newCommand(),
        member: present(members[(index * 7) % members.length], 'one of them'),
        lines: [
          { sku: 'TEA', name: 'Tea', category: 'Drinks', tags: [], quantity: '1', unitPrice: 350, taxRate: '0.07' },
        ],
        redeem: [],
        reference: null,
        expectedDue: null,
        print: false,
      };
      const moment = momentNow(parts, parts.writer.last());
      const priced = priceSale(parts, request, CASHIER, moment);
      const sold = recordSale(parts, CASHIER, request, moment, () => priced);
      if (!sold.ok) throw new Error(sold.error.message);
    }
  });
}

function readSeconds({ parts }: TillEngine): number {
  const inc = present(parts.stream(), 'it is enrolled').inc;
  const begun = performance.now();
  let seq = 1;
  let head = present(parts.store.entries.at(inc, 1), 'it sold').hash;
  for (;;) {
    const page = parts.store.entries.from(inc, seq + 1, SALES_AT_ONCE);
    if (page.length === 0) return (performance.now() - begun) / 1_000;
    for (const { bytes, hash } of page) {
      if (nextHead(sha256, hashHex(head), bytes.toString('utf8')) !== hashHex(hash))
        throw new Error('its chain is broken');
      head = hash;
    }
    seq += page.length;
  }
}

/** Nothing of its own is left for the till to count by itself. */
function expectAllBack({ parts }: TillEngine, members: readonly MemberId[]): void {
  const inc = present(parts.stream(), 'it is enrolled').inc;
  for (const member of members) {
    const row = present(parts.store.members.find(member), 'a row of head office');
    const seen = new Map(JSON.parse(row.includes) as [string, number][]); // as this till wrote it
    if (parts.store.entries.naming(member, inc, seen.get(inc) ?? 0).length > 0)
      throw new Error(`${member} is not all back`);
  }
}
