import type { BusinessDate } from '../../base/business-date.ts';
import type { SaleId } from '../../base/ids.ts';
import type { Badge } from '../programme/badges.ts';
import type { BadgeAward } from './award.ts';
import { type CountedSale, countOf } from './count.ts';
import type { EarlierCounts } from './earlier.ts';

/**
 * What the newest sale earns: each badge at most once a sale, and without `again` once ever. With it the count starts anew with
 * the sale after the one that earned it last (fine print 34). `sales` are the member's in order, the new one last; `earlierCounts` is
 * what sales before those still count, by badge.
 */
export function judgeBadges(
  badges: readonly Badge[],
  awards: readonly BadgeAward[],
  sales: readonly CountedSale[],
  sale: SaleId,
  date: BusinessDate,
  earlierCounts: EarlierCounts = {},
): readonly BadgeAward[] {
  return badges.flatMap(({ id, when: { count }, again }): BadgeAward[] => {
    const earlier = awards.filter(({ badge }) => badge === id);
    if (earlier.some((award) => award.sale === sale) || (!again && earlier.length > 0)) return [];
    const reached = countOf(count, sales, date, lastOf(earlier, sales), earlierCounts[id]);
    return reached >= count.at ? [{ badge: id, sale, date }] : [];
  });
}

/**
 * Badges that a refund or void of the sale takes back: earned by it, and its count up to that sale no longer reaches `at`
 * (fine print 34). `sales` are the member's in order, as the refund leaves them; a voided one may still be among them, at its place, so
 * that what came before it on its date is known, and `voided` says so. Badges are those of the sale's version.
 */
export function lostBadges(
  badges: readonly Badge[],
  awards: readonly BadgeAward[],
  sales: readonly CountedSale[],
  refundedSale: SaleId,
  { voided = false, earlierCounts = {} }: { readonly voided?: boolean; readonly earlierCounts?: EarlierCounts } = {},
): readonly BadgeAward[] {
  return awards.filter((award, index) => {
    if (award.sale !== refundedSale) return false;
    const badge = badges.find(({ id }) => id === award.badge);
    if (badge === undefined) return false;
    const before = awards.slice(0, index).filter(({ badge: id }) => id === award.badge);
    const since = badge.again ? lastOf(before, sales) : undefined;
    const counted = salesUpTo(sales, award, voided);
    return countOf(badge.when.count, counted, award.date, since, earlierCounts[badge.id]) < badge.when.count.at;
  });
}

/** A voided sale that is not in the list leaves no trace of its place: only sales of earlier dates are surely before it. */
function salesUpTo(sales: readonly CountedSale[], award: BadgeAward, voided: boolean): readonly CountedSale[] {
  const place = sales.findIndex(({ sale }) => sale === award.sale);
  if (place === -1) return sales.filter(({ date }) => date < award.date);
  return sales.slice(0, voided ? place : place + 1);
}

/** The award whose sale comes last; an award of a sale that is not in the list is older than those that are. */
function lastOf(awards: readonly BadgeAward[], sales: readonly CountedSale[]): BadgeAward | undefined {
  const places = new Map(sales.map(({ sale }, index) => [sale, index]));
  const place = (award: BadgeAward) => places.get(award.sale) ?? -1;
  return awards.reduce<BadgeAward | undefined>(
    (last, award) => (last === undefined || place(award) >= place(last) ? award : last),
    undefined,
  );
}

/** How far a member is with a badge, for screens. */
export type BadgeProgress = {
  readonly badge: string;
  /** How often it was earned and kept. */
  readonly held: number;
  /** Units of what it counts, towards the next award. */
  readonly count: number;
  readonly at: number;
  /** 0: the next sale that counts earns it; null: it is held and is earned once only. */
  readonly missing: number | null;
};

export function badgeProgress(
  badges: readonly Badge[],
  awards: readonly BadgeAward[],
  sales: readonly CountedSale[],
  date: BusinessDate,
  earlierCounts: EarlierCounts = {},
): readonly BadgeProgress[] {
  return badges.map(({ id, when: { count }, again }) => {
    const earlier = awards.filter(({ badge }) => badge === id);
    const reached = countOf(count, sales, date, again ? lastOf(earlier, sales) : undefined, earlierCounts[id]);
    const over = earlier.length > 0 && !again;
    const missing = over ? null : Math.max(0, count.at - reached);
    return { badge: id, held: earlier.length, count: reached, at: count.at, missing };
  });
}
