import { CircleSlash, Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RuleExplanation } from '../../../../loyalty/explain/explain-rules.ts';
import { useAmounts } from '../../state/till-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { ruleViews, type RuleView } from './rule-view.ts';

export type RuleListProps = {
  readonly rules: readonly RuleExplanation[];
  readonly lineName: (line: number) => string;
  /** Also those that did not count, and why. */
  readonly all?: boolean;
};

/** Rule by rule: what each gave, and why. */
export function RuleList({ rules, lineName, all = false }: RuleListProps): ReactNode {
  const say = useSay();
  const amounts = useAmounts();
  const views = ruleViews(rules, { say, amounts, lineName });
  const held = views.filter(({ outcome }) => outcome !== 'unmet');
  const unmet = views.filter(({ outcome }) => outcome === 'unmet');
  return (
    <>
      {held.length === 0 && all ? (
        <p className="explain-none">
          <Text id="explain.rules.none" />
        </p>
      ) : (
        <Rules views={held} label={say('explain.rules.held')} />
      )}
      {!all || unmet.length === 0 ? null : (
        <>
          <h3 className="explain-heading">
            <Text id="explain.rules.unmet" />
          </h3>
          <Rules views={unmet} label={say('explain.rules.unmet')} />
        </>
      )}
    </>
  );
}

const ICONS = { gives: Plus, multiplies: X, nothing: CircleSlash, unmet: CircleSlash };

function Rules({ views, label }: { views: readonly RuleView[]; label: string }): ReactNode {
  if (views.length === 0) return null;
  return (
    <ul className="rules" aria-label={label}>
      {views.map(({ rule, name, outcome, effect, details }) => {
        const Icon = ICONS[outcome];
        return (
          <li key={rule} className={`rule rule-${outcome}`}>
            <Icon size={18} aria-hidden className="rule-icon" />
            <span className="rule-text">
              <span className="rule-name">{name}</span>
              <span className="rule-details">{details.join(' · ')}</span>
            </span>
            {effect === null ? null : <strong className="rule-effect">{effect}</strong>}
          </li>
        );
      })}
    </ul>
  );
}
