import { Store } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Overview } from '../../../../sync/protocol/console.ts';
import { EmptyState } from '../../../ui/empty/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { useConsole, useConsoleActions } from '../../state/console-context.tsx';
import { useSay } from '../../words/intl.ts';
import { Figures } from './Figures.tsx';
import { NewestEntries } from './NewestEntries.tsx';
import './overview.css';
import { ProgrammeLine } from './ProgrammeLine.tsx';
import { StorePanel } from './StorePanel.tsx';
import { StoreSkeleton } from './StoreSkeleton.tsx';

export function OverviewPage(): ReactNode {
  const say = useSay();
  const { value, refusal } = useConsole((state) => state.overview);
  const { reloadOverview } = useConsoleActions();
  const isLoading = value === null && refusal === null;
  return (
    <div className="page overview" aria-busy={isLoading}>
      <PageHeader title={say('overview.title')} subtitle={<Subtitle overview={value} isLoading={isLoading} />} />
      {refusal === null ? null : (
        <Problem refusal={refusal} stale={value !== null} onRetry={() => void reloadOverview()} />
      )}
      {value === null && !isLoading ? null : <Overviewed overview={value} />}
    </div>
  );
}

function Subtitle(props: { overview: Overview | null; isLoading: boolean }): ReactNode {
  if (props.overview !== null)
    return <ProgrammeLine programme={props.overview.programme} worstOverdraft={props.overview.worstOverdraft} />;
  return props.isLoading ? <Skeleton width="long" /> : null;
}

/** `overview`: null while it loads. */
function Overviewed({ overview }: { overview: Overview | null }): ReactNode {
  const say = useSay();
  return (
    <>
      <Figures overview={overview} />
      <div className="overview-columns">
        <section className="overview-stores" aria-label={say('overview.storesAndTills')}>
          {overview === null ? <StoreSkeleton /> : null}
          {overview?.stores.length === 0 ? (
            <EmptyState icon={Store} title={say('overview.noStores.title')} hint={say('overview.noStores.hint')} />
          ) : null}
          {overview?.stores.map((store) => (
            <StorePanel key={store.id} store={store} />
          ))}
        </section>
        <NewestEntries />
      </div>
    </>
  );
}
