import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button/Button.tsx';
import { Text, useSay } from '../words/intl.ts';
import './signed-out.css';

/** How to get in. */
export function SignedOut(): ReactNode {
  const say = useSay();
  return (
    <main className="whole-page">
      <div className="signed-out">
        <span className="signed-out-icon">
          <KeyRound size={26} aria-hidden />
        </span>
        <h1 className="signed-out-title">
          <Text id="session.signedOut.title" />
        </h1>
        <p>
          <Text id="session.signedOut.sentence" />
        </p>
        <code className="signed-out-address">
          {say('session.signedOut.address', { origin: window.location.origin })}
        </code>
        <p className="soft">
          <Text id="session.signedOut.hint" />
        </p>
        <Button kind="primary" onPress={() => window.location.reload()}>
          <Text id="app.tryAgain" />
        </Button>
      </div>
    </main>
  );
}
