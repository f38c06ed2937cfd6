import { points } from '../../base/numbers.ts';
import { asksOfMember } from '../conditions/when.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { Programme } from '../programme/programme.ts';
import type { Circumstances } from './circumstances.ts';
import type { EarnContext } from './context.ts';
import type { EarningLine } from './earning-line.ts';

/** What a later look at this sale has to know of its member, and no more. */
export function contextOf(
  { earn }: Programme,
  member: MemberFacts,
  circumstances: Circumstances,
  lines: readonly EarningLine[],
): EarnContext {
  return {
    level: member.level,
    held: earn.filter((rule) => asksOfMember(rule.when) && circumstances.memberHolds(rule)).map(({ id }) => id),
    frequent: frequentOf(earn, circumstances, lines),
    today: earn.flatMap((rule) => {
      const given = rule.multiply === undefined && rule.cap?.perDay !== undefined ? circumstances.today(rule.id) : 0;
      return given === 0 ? [] : [{ rule: rule.id, amount: points(given) }];
    }),
  };
}

function frequentOf(
  rules: Programme['earn'],
  { isFrequent }: Circumstances,
  lines: readonly EarningLine[],
): EarnContext['frequent'] {
  const filters = new Map(
    rules.flatMap(({ lines: filter }) => {
      const frequent = filter?.frequent;
      return frequent === undefined ? [] : [[`${frequent.times} ${frequent.within}`, frequent] as const];
    }),
  );
  if (filters.size === 0) return [];
  const basket = [...new Set(lines.map(({ sku }) => sku))];
  return [...filters.values()].flatMap(({ times, within }) => {
    const skus = basket.filter((sku) => isFrequent({ times, within }, sku));
    return skus.length === 0 ? [] : [{ times, within, skus }];
  });
}
