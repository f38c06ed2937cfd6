/** What dropped sales still count towards badges, so that a badge comes with the very sale that reaches it (fine print 34). */
import type { BusinessDate } from '../../base/business-date.ts';
import { firstWithin } from '../../base/date-span.ts';
import type { StoreId } from '../../base/ids.ts';
import type { BadgeAward } from '../../loyalty/badges/award.ts';
import { matchedIn } from '../../loyalty/badges/count.ts';
import { countedNamed } from '../../loyalty/badges/counted/table.ts';
import type { EarlierCount, EarlierCounts } from '../../loyalty/badges/earlier.ts';
import type { Badge } from '../../loyalty/programme/badges.ts';
import { countedSale, type SaleNote } from '../sale-note.ts';

/** `oldest`: date of the oldest sale that is kept, on which nothing is judged any more from before. */
export function countsWith(
  counts: EarlierCounts,
  gone: readonly SaleNote[],
  {
    badges,
    awards,
    oldest,
  }: { badges: readonly Badge[] | undefined; awards: readonly BadgeAward[]; oldest: BusinessDate },
): EarlierCounts {
  if (badges === undefined) return counts;
  const all: Record<string, readonly EarlierCount[]> = {};
  for (const badge of badges) {
    const { count } = badge.when;
    let list = counts[badge.id] ?? [];
    for (const note of gone) {
      if (awards.some(({ badge: id, sale }) => id === badge.id && sale === note.sale)) list = [];
      else if (!isOver(badge, awards, gone)) list = withCount(list, countedOf(badge, note), count.within === undefined);
    }
    const { within } = count;
    const first = within === undefined ? undefined : firstWithin(oldest, within);
    const kept = first === undefined ? list : list.filter(({ date }) => date >= first);
    if (kept.length > 0) all[badge.id] = kept;
  }
  return byBadge(all);
}

/** Earned once, by a sale that is gone, and never to be had again. */
function isOver({ id, again }: Badge, awards: readonly BadgeAward[], gone: readonly SaleNote[]): boolean {
  const [oldest] = gone;
  return !again && awards.some(({ badge, date }) => badge === id && oldest !== undefined && date < oldest.date);
}

function countedOf({ when: { count } }: Badge, note: SaleNote): EarlierCount | undefined {
  const matched = matchedIn({ lines: count.lines }, [countedSale(note)], note.date);
  if (matched.length === 0) return undefined;
  if (count.of === 'stores') return { date: note.date, amount: 0, stores: [note.store] };
  const amount = countedNamed(count.of)(matched);
  return amount === 0 ? undefined : { date: note.date, amount, stores: [] };
}

/** Rising by date. A store counts once, on the newest date; without `within` one sum does for all dates. */
function withCount(
  list: readonly EarlierCount[],
  more: EarlierCount | undefined,
  together: boolean,
): readonly EarlierCount[] {
  if (more === undefined) return list;
  const { date } = more;
  const others = list.flatMap((count): EarlierCount[] => {
    const stores = count.stores.filter((store) => !more.stores.includes(store));
    return stores.length === 0 && count.amount === 0 ? [] : [{ ...count, stores }];
  });
  const same = (count: EarlierCount): boolean => together || count.date === date;
  const stores = new Set<StoreId>([...others.filter(same).flatMap((count) => count.stores), ...more.stores]);
  const amount = others.filter(same).reduce((sum, count) => sum + count.amount, more.amount);
  const joined: EarlierCount = { date, amount, stores: [...stores].toSorted() };
  return [...others.filter((count) => !same(count)), joined].toSorted(byDate);
}

/** Of two accounts that become one. */
export function joinedCounts(left: EarlierCounts, right: EarlierCounts): EarlierCounts {
  const all: Record<string, readonly EarlierCount[]> = { ...left };
  for (const [badge, counts] of Object.entries(right))
    all[badge] = counts.reduce((list, count) => withCount(list, count, false), all[badge] ?? []);
  return byBadge(all);
}

function byBadge(counts: EarlierCounts): EarlierCounts {
  return Object.fromEntries(Object.entries(counts).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function byDate(left: EarlierCount, right: EarlierCount): number {
  return left.date < right.date ? -1 : left.date > right.date ? 1 : 0;
}
