import type { ReactNode } from 'react';
import type { MemberExplanation } from '../../../../till/contract/explain-shapes.ts';
import { Text, useSay } from '../../words/intl.ts';
import { durationWords } from '../../words/durations.ts';
import { readable } from '../../../ui/i18n/readable.ts';
import { useDates } from '../../words/use-dates.ts';
import { useMeasure } from '../../words/use-measure.ts';

type Tier = NonNullable<MemberExplanation['tier']>;

/** What counts towards levels, date by date, and how far it is to the next. */
export function LevelExplained({ tier }: { tier: Tier }): ReactNode {
  const say = useSay();
  const dates = useDates();
  const measure = useMeasure(tier);
  const { level, end, next, window, from, counted, measured } = tier;
  const held =
    level === null
      ? say('level.none')
      : end === null
        ? say('explain.level.holds', { level: readable(level) })
        : say('explain.level.until', { level: readable(level), date: dates.lastDay(end) });
  return (
    <>
      <p className="explain-lead">
        {held} {next === null ? say('level.highest') : measure.toNext(next)}
      </p>
      <p className="explain-soft">
        {say(`explain.window.${windowKind(window)}`, {
          what: say(`explain.measure.${tier.measure}`),
          window: durationWords(window, say),
          from: from === null ? '' : dates.day(from),
        })}{' '}
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
            {counted.toReversed().map(({ date, amount }) => (
              <tr key={date}>
                <td>{dates.day(date)}</td>
                <td className="explain-number">{measure.write(amount)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">
                <Text id="explain.level.sum" />
              </th>
              <td className="explain-number">{measure.write(measured)}</td>
            </tr>
          </tfoot>
        </table>
      )}
    </>
  );
}

function windowKind(window: string): 'lifetime' | 'calendar-year' | 'duration' {
  return window === 'lifetime' || window === 'calendar-year' ? window : 'duration';
}
