import { Loader } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { useConsole } from '../state/console-context.tsx';
import { useSay } from '../words/intl.ts';
import { Shell } from './Shell.tsx';
import { SignedOut } from './SignedOut.tsx';

export function App(): ReactNode {
  const phase = useConsole((state) => state.session.phase);
  const say = useSay();
  switch (phase) {
    case 'opening':
      return (
        <main className="whole-page" aria-busy>
          <EmptyState icon={Loader} title={say('session.opening')} />
        </main>
      );
    case 'signed-out':
      return <SignedOut />;
    case 'open':
      return <Shell />;
    default:
      return phase satisfies never;
  }
}
