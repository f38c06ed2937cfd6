import { points } from '../../base/numbers.ts';
import type { Frequent } from '../conditions/frequent.ts';
import { asksOfMember } from '../conditions/when.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { Programme } from '../programme/programme.ts';
import type { Circumstances } from './circumstances.ts';
import type { EarnContext } from './context.ts';
import type { EarningLine } from './earning-line.ts';
import { earnTerms } from './terms.ts';

/** What a later look at this sale has to know of its member, and no more. */
export function contextOf(
  programme: Programme,
  member: MemberFacts,
  circumstances: Circumstances,
  lines: readonly EarningLine[],
): EarnContext {
  const { frequents, rules } = earnTerms(programme);
  return {
    level: member.level,
    held: programme.earn
      .filter((rule) => asksOfMember(rule.when) && circumstances.memberHolds(rule))
      .map(({ id }) => id),
    frequent: frequentOf(frequents, circumstances, lines),
    today: rules.flatMap(({ rule }) => {
      const given = rule.cap?.perDay === undefined ? 0 : circumstances.today(rule.id);
      return given === 0 ? [] : [{ rule: rule.id, amount: points(given) }];
    }),
  };
}

function frequentOf(
  frequents: readonly Frequent[],
  { isFrequent }: Circumstances,
  lines: readonly EarningLine[],
): EarnContext['frequent'] {
  if (frequents.length === 0) return [];
  const basket = [...new Set(lines.map(({ sku }) => sku))];
  return frequents.flatMap(({ times, within }) => {
    const skus = basket.filter((sku) => isFrequent({ times, within }, sku));
    return skus.length === 0 ? [] : [{ times, within, skus }];
  });
}
