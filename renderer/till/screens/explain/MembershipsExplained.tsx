import type { ReactNode } from 'react';
import type { MemberExplanation } from '../../../../till/contract/explain-shapes.ts';
import { Text, useSay } from '../../words/intl.ts';
import { durationWords } from '../../words/durations.ts';
import { readable } from '../../../ui/i18n/readable.ts';
import { useDates } from '../../words/use-dates.ts';

type Membership = MemberExplanation['memberships'][number];

/** When each ran or runs, and the purchases that made it so. */
export function MembershipsExplained({ memberships }: { memberships: readonly Membership[] }): ReactNode {
  return memberships.map((membership) => <OneMembership key={membership.membership} membership={membership} />);
}

function OneMembership({ membership: { membership, runs, purchases } }: { membership: Membership }): ReactNode {
  const say = useSay();
  const dates = useDates();
  return (
    <>
      <h3 className="explain-heading">{readable(membership)}</h3>
      {runs.map(({ from, end }) => (
        <p key={from} className="explain-lead">
          <Text id="explain.membership.run" values={{ from: dates.day(from), until: dates.lastDay(end) }} />
        </p>
      ))}
      <ul className="rules">
        {purchases.map(({ sale, receipt, date, units, period }) => (
          <li key={sale} className="rule">
            <span className="rule-text">
              <span className="rule-name">
                {receipt === null ? (
                  <Text id="explain.lot.elsewhere" />
                ) : (
                  <Text id="recent.receipt" values={{ receipt }} />
                )}
              </span>
              <span className="rule-details">{dates.day(date)}</span>
            </span>
            <strong className="rule-effect">
              {say('explain.membership.units', { units, period: durationWords(period, say) })}
            </strong>
          </li>
        ))}
      </ul>
    </>
  );
}
