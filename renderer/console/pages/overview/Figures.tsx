import { CircleCheck, Flag, Hourglass, ScrollText, Users, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Overview } from '../../../../sync/protocol/console.ts';
import { Skeleton } from '../../components/Skeleton.tsx';
import { useFormats } from '../../words/formats-context.tsx';
import { Text, useSay, type MessageId } from '../../words/intl.ts';
import './figures.css';

type Figure = { name: MessageId; count: number | undefined; hint: MessageId; icon: LucideIcon; tone?: 'warn' | 'good' };

export function Figures({ overview }: { overview: Overview | null }): ReactNode {
  const say = useSay();
  return (
    <section aria-label={say('overview.figures')}>
      <dl className="figures">
        {figuresOf(overview).map((figure) => (
          <FigureItem key={figure.name} figure={figure} />
        ))}
      </dl>
    </section>
  );
}

function FigureItem({ figure }: { figure: Figure }): ReactNode {
  const formats = useFormats();
  const { name, count, hint, icon, tone } = figure;
  return (
    <div className="figure">
      <dt className="figure-name">
        <Text id={name} />
      </dt>
      <dd className="figure-count">{count === undefined ? <Skeleton width="short" /> : formats.number(count)}</dd>
      <dd className={`figure-hint ${tone === undefined ? '' : `figure-${tone}`}`}>
        {count === undefined ? <Skeleton /> : <Hint icon={icon} words={hint} />}
      </dd>
    </div>
  );
}

function Hint({ icon: Icon, words }: { icon: LucideIcon; words: MessageId }): ReactNode {
  return (
    <>
      <Icon size={15} aria-hidden />
      <Text id={words} />
    </>
  );
}

function figuresOf(overview: Overview | null): Figure[] {
  const flagged = overview?.flaggedEntries;
  const unfolded = overview?.unfoldedEntries;
  const isFlagged = flagged !== undefined && flagged > 0;
  const isBehind = unfolded !== undefined && unfolded > 0;
  return [
    { name: 'overview.members', count: overview?.members, hint: 'overview.members.hint', icon: Users },
    { name: 'overview.entries', count: overview?.entries, hint: 'overview.entries.hint', icon: ScrollText },
    isFlagged
      ? { name: 'overview.flagged', count: flagged, hint: 'overview.flagged.some', icon: Flag, tone: 'warn' }
      : { name: 'overview.flagged', count: flagged, hint: 'overview.flagged.none', icon: CircleCheck, tone: 'good' },
    isBehind
      ? { name: 'overview.unfolded', count: unfolded, hint: 'overview.unfolded.some', icon: Hourglass }
      : { name: 'overview.unfolded', count: unfolded, hint: 'overview.unfolded.none', icon: CircleCheck, tone: 'good' },
  ];
}
