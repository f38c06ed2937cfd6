import type { ReactNode } from 'react';
import { useConsole } from '../state/console-context.tsx';
import { Shell } from './Shell.tsx';
import { SignedOut } from './SignedOut.tsx';

export function App(): ReactNode {
  const phase = useConsole((state) => state.session.phase);
  switch (phase) {
    // Nearly every time there is a session: its pages load in their places, instead of after a page that says so.
    case 'opening':
    case 'open':
      return <Shell />;
    case 'signed-out':
      return <SignedOut />;
    default:
      return phase satisfies never;
  }
}
