import { useState, type ReactNode } from 'react';
import type { MemberExplanation } from '../../../../till/contract/explain-shapes.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { durationWords } from '../../words/durations.ts';
import { readable } from '../../../ui/i18n/readable.ts';
import { useDates } from '../../words/use-dates.ts';
import { useMeasure } from '../../words/use-measure.ts';
import { firstOf } from '../sale/member/member-view.ts';

type Tier = NonNullable<MemberExplanation['tier']>;

/** The newest. */
const DATES_SHOWN = 8;

/** What counts towards levels, date by date, and how far it is to the next. */
export function LevelExplained({ tier }: { tier: Tier }): ReactNode {
  const say = useSay();
  const dates = useDates();
  const measure = useMeasure(tier);
  const { level, end, next, window, from, counted, measured } = tier;
  const [all, setAll] = useState(false);
  const { shown, more } = firstOf(counted.toReversed(), all ? counted.length : DATES_SHOWN);
  const held =
    level === null
      ? say('level.none')
      : end === null
        ? say('explain.level.holds', { level: readable(level) })
        : say('explain.level.until', { level: readable(level), date: dates.lastDay(end) });
  return (
    <>
      <p className="explain-lead">
        {held} {next === null ? say('explain.level.highest') : measure.toNext(next)}
      </p>
      <p className="explain-soft">
        {say(`explain.window.${windowKind(window)}`, {
          what: say(`explain.measure.${tier.measure}`),
          window: durationWords(window, say),
          from: from === null ? '' : dates.day(from),
        })}{' '}
        {say('explain.level.sum', { sum: measure.write(measured) })}{' '}
        {next === null ? null : say('explain.level.at', { level: readable(next.level), at: measure.write(next.at) })}
      </p>
      {counted.length === 0 ? (
        <p className="explain-none">
          <Text id="explain.level.nothing" />
        </p>
      ) : (
        <table className="explain-table">
          <thead>
            <tr>
              <th scope="col">
                <Text id="explain.level.date" />
              </th>
              <th scope="col" className="explain-number">
                <Text id="explain.level.adds" />
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ date, amount }) => (
              <tr key={date}>
                <td>{dates.day(date)}</td>
                <td className="explain-number">{measure.write(amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more === 0 ? null : (
        <Button wide className="explain-more" onPress={() => setAll(true)}>
          <Text id="explain.lots.more" values={{ count: more }} />
        </Button>
      )}
    </>
  );
}

function windowKind(window: string): 'lifetime' | 'calendar-year' | 'duration' {
  return window === 'lifetime' || window === 'calendar-year' ? window : 'duration';
}
