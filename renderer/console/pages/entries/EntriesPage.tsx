import { ArrowUp, ScrollText } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button/Button.tsx';
import { EmptyState } from '../../../ui/empty/EmptyState.tsx';
import { Panel } from '../../../ui/panel/Panel.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Problem } from '../../components/Problem.tsx';
import { TableFoot } from '../../components/TableFoot.tsx';
import { useConsole, useConsoleActions } from '../../state/console-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import './entries.css';
import { EntriesTable } from './EntriesTable.tsx';
import { useFollowing } from './use-following.ts';
import { useNewsWords } from './use-news-words.ts';

export function EntriesPage(): ReactNode {
  const say = useSay();
  const { list, loaded, loadingOlder, refusal } = useConsole((state) => state.entries);
  const { loadOlderEntries, reloadEntries } = useConsoleActions();
  const { scroller, onScroll, toNews } = useFollowing();
  const news = useNewsWords(list);
  return (
    <div className="page page-filled">
      <PageHeader title={say('entries.title')} subtitle={<Text id="entries.subtitle" />} />
      <Panel title={say('entries.title')} titleHidden className="entries">
        {refusal === null ? null : <Problem refusal={refusal} stale={loaded} onRetry={() => void reloadEntries()} />}
        {news === null ? null : (
          <div className="entries-news">
            <Button kind="primary" icon={ArrowUp} onPress={toNews}>
              {news}
            </Button>
          </div>
        )}
        <div className="entries-scroll" ref={scroller} onScroll={onScroll}>
          {loaded && list.shown.length === 0 ? (
            <EmptyState icon={ScrollText} title={say('entries.none.title')} hint={say('entries.none.hint')} />
          ) : null}
          {loaded && list.shown.length === 0 ? null : <EntriesTable entries={loaded ? list.shown : null} />}
          {loaded && list.shown.length > 0 ? (
            <TableFoot
              more={list.next !== null}
              busy={loadingOlder}
              moreLabel={say('entries.older')}
              busyLabel={say('entries.older.busy')}
              endLabel={say('entries.end')}
              onMore={() => void loadOlderEntries()}
            />
          ) : null}
        </div>
      </Panel>
    </div>
  );
}
