import { ScrollText } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../../../ui/empty/EmptyState.tsx';
import { Panel } from '../../../ui/panel/Panel.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { hrefOf } from '../../routing/route.ts';
import { useConsole, useConsoleActions } from '../../state/console-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { useArrivals } from '../entries/use-arrivals.ts';
import { FeedItem } from './FeedItem.tsx';
import './newest-entries.css';

const SHOWN = 12;
const PLACES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

export function NewestEntries(): ReactNode {
  const say = useSay();
  const entries = useConsole((state) => state.entries.list.shown);
  const loaded = useConsole((state) => state.entries.loaded);
  const refusal = useConsole((state) => state.entries.refusal);
  const { reloadEntries } = useConsoleActions();
  const isNew = useArrivals(loaded ? (entries[0]?.position ?? 0) : null);
  const all = (
    <a className="link small" href={hrefOf({ page: 'entries' })}>
      <Text id="overview.allEntries" />
    </a>
  );
  return (
    <Panel title={say('overview.newest')} className="newest" aside={all}>
      {loaded || refusal === null ? null : (
        <Problem refusal={refusal} stale={false} onRetry={() => void reloadEntries()} />
      )}
      {loaded && entries.length === 0 ? (
        <EmptyState icon={ScrollText} title={say('entries.none.title')} hint={say('entries.none.hint')} />
      ) : null}
      <ul className="feed">
        {!loaded && refusal === null ? PLACES.map((place) => <FeedPlace key={place} />) : null}
        {entries.slice(0, SHOWN).map((entry) => (
          <FeedItem key={entry.position} entry={entry} isNew={isNew(entry.position)} />
        ))}
      </ul>
    </Panel>
  );
}

function FeedPlace(): ReactNode {
  return (
    <li className="feed-item" aria-hidden>
      <span className="feed-icon" />
      <span className="feed-text">
        <Skeleton />
        <span className="feed-where">
          <Skeleton width="long" />
        </span>
      </span>
    </li>
  );
}
