import { Award, BadgeCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MemberExplanation } from '../../../../till/contract/explain-shapes.ts';
import { Text } from '../../words/intl.ts';
import { readable } from '../../../ui/i18n/readable.ts';

/** Every badge of the programme: how often it was earned, and how far the next is. */
export function BadgesExplained({ badges }: { badges: MemberExplanation['badges'] }): ReactNode {
  return (
    <ul className="rules">
      {badges.map(({ badge, held, count, at, missing }) => {
        const Icon = held > 0 ? BadgeCheck : Award;
        return (
          <li key={badge} className={`rule ${held > 0 ? 'rule-gives' : ''}`}>
            <Icon size={18} aria-hidden className="rule-icon" />
            <span className="rule-text">
              <span className="rule-name">{readable(badge)}</span>
              <span className="rule-details">
                {missing === null ? null : (
                  <Text id={missing === 0 ? 'badge.progress.now' : 'badge.progress'} values={{ count, at }} />
                )}
              </span>
            </span>
            <strong className="rule-effect">
              {held === 0 ? null : <Text id="badge.held" values={{ count: held }} />}
            </strong>
          </li>
        );
      })}
    </ul>
  );
}
