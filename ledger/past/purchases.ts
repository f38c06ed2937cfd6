/** Dates on which skus were bought in dropped sales, for `frequent`: so many of them as the programme asks for, and so long ago. */
import type { BusinessDate } from '../../base/business-date.ts';
import { firstWithin } from '../../base/date-span.ts';
import type { Frequent } from '../../loyalty/conditions/frequent.ts';
import type { LineFilter } from '../../loyalty/conditions/lines.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { hasSome, type SaleNote } from '../sale-note.ts';

export type PastPurchases = Readonly<Record<string, readonly BusinessDate[]>>;

/** A shop's frequent skus of one member are few; of more, those bought last are kept. */
export const SKUS_MAX = 500;

export function purchasesWith(
  purchases: PastPurchases,
  gone: readonly SaleNote[],
  programme: Programme | undefined,
  oldest: BusinessDate,
): PastPurchases {
  if (programme === undefined) return purchases;
  const asked = frequentIn(programme);
  if (asked.length === 0) return NONE;
  const times = Math.max(...asked.map((frequent) => frequent.times));
  const first = asked.reduce((earliest, { within }) => {
    const start = firstWithin(oldest, within);
    return start < earliest ? start : earliest;
  }, oldest);
  const all: Record<string, readonly BusinessDate[]> = { ...purchases };
  for (const { date, lines } of gone) {
    for (const sku of new Set(lines.filter(hasSome).map((line) => line.sku))) all[sku] = [...(all[sku] ?? []), date];
  }
  const kept = Object.entries(all).flatMap(([sku, dates]): [string, readonly BusinessDate[]][] => {
    const newest = dates.filter((date) => date >= first).slice(-times);
    return newest.length === 0 ? [] : [[sku, newest]];
  });
  return Object.fromEntries(newestSkus(kept));
}

/** Of two accounts that become one. */
export function joinedPurchases(left: PastPurchases, right: PastPurchases): PastPurchases {
  const all: Record<string, readonly BusinessDate[]> = { ...left };
  for (const [sku, dates] of Object.entries(right)) all[sku] = [...(all[sku] ?? []), ...dates].toSorted();
  return Object.fromEntries(newestSkus(Object.entries(all)));
}

function newestSkus(all: readonly [string, readonly BusinessDate[]][]): readonly [string, readonly BusinessDate[]][] {
  const last = ([, dates]: readonly [string, readonly BusinessDate[]]): string => dates.at(-1) ?? '';
  const kept = all.length <= SKUS_MAX ? all : all.toSorted((a, b) => (last(a) < last(b) ? 1 : -1)).slice(0, SKUS_MAX);
  return kept.toSorted(([left], [right]) => (left < right ? -1 : 1));
}

const NONE: PastPurchases = {};
const known = new WeakMap<Programme, readonly Frequent[]>();

/** All that the programme asks for with `frequent`. */
function frequentIn(programme: Programme): readonly Frequent[] {
  const before = known.get(programme);
  if (before !== undefined) return before;
  const filters: (LineFilter | undefined)[] = [
    ...programme.earn.map(({ lines }) => lines),
    ...programme.rewards.map(({ give }) => ('lines' in give ? give.lines : undefined)),
    ...programme.badges.map(({ when }) => when.count.lines),
  ];
  const made = filters.flatMap((filter) => (filter?.frequent === undefined ? [] : [filter.frequent]));
  known.set(programme, made);
  return made;
}
