import { ofMember, type Unmet, unmetMember } from '../conditions/unmet.ts';
import { memberConditions } from '../conditions/when.ts';
import { type Circumstances, circumstancesOf, recordedCircumstances } from '../earning/circumstances.ts';
import type { EarnRule } from '../earning/rule.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { SaleRecord } from '../sale/record.ts';
import type { Situation } from '../sale/situation.ts';

/** Who says why a rule's conditions on the member fail. */
export type Witness = {
  readonly circumstances: Circumstances;
  /** Asked only of a rule whose conditions on the member fail. */
  readonly unmetMember: (rule: EarnRule) => readonly Unmet[];
};

export function liveWitness(member: MemberFacts, { occasion }: Situation): Witness {
  return {
    circumstances: circumstancesOf(member, occasion),
    unmetMember: ({ when }) => unmetMember(when, member, occasion.date),
  };
}

/**
 * A recorded sale knows its member's level, and of each rule whether all its conditions on the member held. Where more than one
 * can have failed it names them all together, since the person is not in the book.
 */
export function recordedWitness(record: SaleRecord): Witness {
  return {
    circumstances: recordedCircumstances(record),
    unmetMember: ({ when }) => {
      if (when === undefined) return [];
      const { level } = record.context;
      if (when.tier !== undefined && (level === null || !when.tier.has(level))) return [ofMember('tier', when, level)];
      const others = memberConditions(when).filter((name) => name !== 'tier');
      const [only] = others;
      if (only !== undefined && others.length === 1) return [ofMember(only, when, level)];
      return [{ condition: 'member', wanted: others }];
    },
  };
}
