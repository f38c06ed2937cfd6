import type { BusinessDate, DateDuration } from '../../base/business-date.ts';
import { firstWithin } from '../../base/date-span.ts';
import type { SaleId, StoreId } from '../../base/ids.ts';
import { type LineFilter, lineMatches } from '../conditions/lines.ts';
import type { FrequentLookup } from '../conditions/frequent.ts';
import type { CountedLine, MatchedSale } from './counted/counted.ts';
import { type CountedName, countedNamed } from './counted/table.ts';
import type { EarlierCount } from './earlier.ts';

export type { CountedLine } from './counted/counted.ts';

/**
 * A sale as badges and goals count it. One that was refunded stays, with lines of which nothing is left: it was a visit
 * (fine print 29). One that was voided is not there.
 */
export type CountedSale = {
  readonly sale: SaleId;
  readonly date: BusinessDate;
  readonly store: StoreId;
  readonly lines: readonly CountedLine[];
};

export type Count = {
  readonly of: CountedName;
  readonly lines?: LineFilter | undefined;
  readonly within?: DateDuration | undefined;
};

/**
 * Units of `of` (sales, minor units, items, stores) over a member's sales, in order. With `within`, those that are within it on
 * `date` (fine print 10). With `since`, only those after that sale (fine print 34); where it is not in the list, since it was
 * voided, those of later dates. `earlier` is what sales before those of the list count, of which `since` is none.
 */
export function countOf(
  count: Count,
  sales: readonly CountedSale[],
  date: BusinessDate,
  since?: { readonly sale: SaleId; readonly date: BusinessDate },
  earlier: readonly EarlierCount[] = [],
): number {
  const matched = matchedIn(count, sales, date, since);
  if (earlier.length === 0 || sales.some(({ sale }) => sale === since?.sale)) return countedNamed(count.of)(matched);
  const first = count.within === undefined ? undefined : firstWithin(date, count.within);
  const before = earlier.filter((sum) => (first === undefined || sum.date >= first) && sum.date <= date);
  const stores = before.flatMap((sum) => sum.stores).map((store): MatchedSale => ({ store, lines: [] }));
  const amount = before.reduce((sum, part) => sum + part.amount, 0);
  return amount + countedNamed(count.of)([...stores, ...matched]);
}

export function matchedIn(
  { lines: filter, within }: Pick<Count, 'lines' | 'within'>,
  sales: readonly CountedSale[],
  date: BusinessDate,
  since?: { readonly sale: SaleId; readonly date: BusinessDate },
): readonly MatchedSale[] {
  const first = within === undefined ? undefined : firstWithin(date, within);
  const start = since === undefined ? 0 : sales.findIndex(({ sale }) => sale === since.sale) + 1;
  const after = since !== undefined && start === 0 ? since.date : undefined;
  return sales.flatMap((sale, index): MatchedSale[] => {
    if (index < start || (after !== undefined && sale.date <= after)) return [];
    if (first !== undefined && (sale.date < first || sale.date > date)) return [];
    const lines = matchingLines(filter, sales, index);
    return lines.length === 0 ? [] : [{ store: sale.store, lines }];
  });
}

function matchingLines(
  filter: LineFilter | undefined,
  sales: readonly CountedSale[],
  index: number,
): readonly CountedLine[] {
  const lines = sales[index]?.lines ?? [];
  if (filter === undefined) return lines;
  const isFrequent = boughtBefore(sales, index);
  return lines.filter(({ sku, category, tags }) =>
    lineMatches(filter, { sku, category: category ?? undefined, tags }, isFrequent),
  );
}

/** `lines.frequent`: earlier sales of the sku, of which something is left, within the time before that sale. */
function boughtBefore(sales: readonly CountedSale[], index: number): FrequentLookup {
  return ({ times, within }, sku) => {
    const date = sales[index]?.date;
    if (date === undefined) return false;
    const first = firstWithin(date, within);
    const bought = sales
      .slice(0, index)
      .filter((sale) => first <= sale.date && sale.date <= date && sale.lines.some((line) => isLeft(line, sku)));
    return bought.length >= times;
  };
}

function isLeft(line: CountedLine, sku: string): boolean {
  return line.sku === sku && (line.units > 0 || line.paid > 0);
}
