import { ChevronRight, Medal } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MemberView } from '../../../../../till/contract/shapes.ts';
import { useActions } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';
import { readable } from '../../../../ui/i18n/readable.ts';
import { useDates } from '../../../words/use-dates.ts';
import { useMeasure } from '../../../words/use-measure.ts';

type Tier = NonNullable<MemberView['tier']>;

/** The level with its last day, and the way to the next; pressed, it says how it came about. */
export function Level({ tier }: { tier: Tier }): ReactNode {
  const say = useSay();
  const actions = useActions();
  const dates = useDates();
  const measure = useMeasure(tier);
  const { level, end, next, measured } = tier;
  return (
    <button type="button" className="standing level" onClick={() => void actions.explainMember('level')}>
      <Medal size={20} aria-hidden className="standing-icon" />
      <span className="standing-text">
        <span className="level-name">
          <strong>{level === null ? say('level.none') : readable(level)}</strong>
          {end === null ? null : (
            <span className="standing-soft">
              <Text id="member.until" values={{ date: dates.nearLastDay(end) }} />
            </span>
          )}
        </span>
        {next === null ? null : <progress className="level-bar" aria-hidden max={next.at} value={measured} />}
        <span className="standing-soft">{next === null ? say('level.highest') : measure.toNext(next)}</span>
      </span>
      <ChevronRight size={18} aria-hidden />
    </button>
  );
}
