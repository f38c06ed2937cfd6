/**
 * `fold`: 10,000 parsed entries of 500 members, sales with tiers, an ending wallet and redemptions, every twentieth a refund, folded in one go;
 * against JSON.parse of the text of the same entries.
 */
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId, SaleId, StoreId } from '../../base/ids.ts';
import { present } from '../../base/assert.ts';
import { type Entry, entryText, parseEntry } from '../../ledger/entry.ts';
import { foldEntries } from '../../ledger/fold/apply.ts';
import type { MemberState } from '../../ledger/member-state.ts';
import { byOrder } from '../../ledger/order.ts';
import { termsOf } from '../../ledger/testing/programme.ts';
import { referenceTill } from '../../ledger/testing/reference-till.ts';
import { parsedProgramme } from '../../loyalty/testing/build.ts';
import { pseudoRandom } from '../../scripts/example/pseudo-random.ts';
import { microseconds, quantile, rounded, type BenchLine } from './bench-line.ts';

const ENTRIES = 10_000;
const MEMBERS = 500;
const REFUND_EVERY = 20;
const DAYS = 90;
const ROUNDS = 15;
const WARM_UP = 5;
const PER_SECOND_MIN = 200_000;

const PROGRAMME = parsedProgramme({
  wallets: [
    { id: 'points', kind: 'points', expiry: { after: 'P12M', from: 'earn', round: 'month-end' } },
    { id: 'stamps', kind: 'stamps' },
  ],
  tiers: {
    measure: 'earned',
    wallet: 'points',
    window: 'P12M',
    keep: 'P12M',
    levels: [
      { id: 'bronze', at: 0 },
      { id: 'silver', at: 100 },
      { id: 'gold', at: 500 },
    ],
  },
  earn: [
    { id: 'base', wallet: 'points', amount: { per: 'spend', give: 1, every: 100 } },
    { id: 'gold', wallet: 'points', multiply: 2, when: { tier: ['gold'] } },
    { id: 'stamp', wallet: 'stamps', amount: { per: 'item', give: 1 }, lines: { sku: ['COFFEE'] } },
  ],
  rewards: [
    {
      id: 'coffee',
      cost: { wallet: 'stamps', amount: 5 },
      give: { kind: 'free-item', lines: { sku: ['COFFEE'] } },
      auto: true,
    },
  ],
});

export function fold(): BenchLine[] {
  const terms = termsOf(PROGRAMME);
  const texts = history().map((entry) => entryText(entry));
  const entries = texts.map(parsed).toSorted(byOrder);
  const nobody = new Map<MemberId, MemberState>();
  const times: number[] = [];
  const baselines: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const folded = microseconds(() => void foldEntries(nobody, entries, terms));
    const baseline = microseconds(() => texts.forEach((text) => void JSON.parse(text)));
    if (round < 0) continue;
    times.push(folded);
    baselines.push(baseline);
  }
  const perSecond = (median: number): number => (entries.length / median) * 1_000_000;
  const [value, baseline] = [perSecond(quantile(times, 0.5)), perSecond(quantile(baselines, 0.5))];
  return [
    {
      name: 'fold',
      value: rounded(value),
      unit: 'entries per second',
      baseline: rounded(baseline),
      ratio: rounded(value / baseline),
      aim: `at least ${PER_SECOND_MIN}; the baseline parses the same entries`,
      holds: value >= PER_SECOND_MIN,
    },
  ];
}

function parsed(text: string): Entry {
  const result = parseEntry(text);
  if (!result.ok || !result.value.known) throw new Error(`an entry of the benchmark is none: ${text}`);
  return result.value.entry;
}

/** What one till wrote in a quarter of a year. */
function history(): readonly Entry[] {
  const random = pseudoRandom(1);
  let now = Date.UTC(2026, 0, 1);
  const till = referenceTill('t', {
    programme: PROGRAMME,
    terms: termsOf(PROGRAMME),
    store: 's1' as StoreId, // a name of the benchmark
    wall: () => (now += 1_000),
  });
  let last: SaleId | undefined;
  for (let index = 0; index < ENTRIES; index += 1) {
    const day = new Date(Date.UTC(2026, 0, 1 + Math.floor((index * DAYS) / ENTRIES)));
    const date = day.toISOString().slice(0, 10) as BusinessDate; // in its form
    const member = `member-${Math.floor(random() * MEMBERS)}` as MemberId; // a name of the benchmark
    const lines = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, line) => ({
      sku: line === 0 ? 'COFFEE' : `SKU${Math.floor(random() * 50)}`,
      tags: [],
      quantity: '1',
      unitPrice: 100 + Math.floor(random() * 2_000),
    }));
    const isRefund = index % REFUND_EVERY === REFUND_EVERY - 1;
    const written =
      isRefund && last !== undefined
        ? till.refund(last, { lines: [{ line: 0, quantity: '1' }] }, date)
        : till.sale({ date, member, lines });
    const entry = present(written, 'nothing in it is refused');
    last = entry.kind === 'sale' ? entry.body.sale : undefined;
  }
  return till.entries();
}
