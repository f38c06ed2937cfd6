import { KeyRound, PlugZap, Store } from 'lucide-react';
import type { ReactNode } from 'react';
import type { EngineState } from '../../engine/engine-client.ts';
import { Text } from '../../words/intl.ts';
import './sheet.css';

/** Before the engine has said anything: what is awaited, or how to get in. */
export function StartScreen({ engine }: { engine: EngineState }): ReactNode {
  const { icon: Icon, title, hint } = STATES[engine];
  return (
    <main className="sheet-page">
      <div className="sheet" role={engine === 'no-session' || engine === 'away' ? 'alert' : 'status'}>
        <span className="sheet-mark" aria-hidden>
          <Icon size={30} />
        </span>
        <h1 className="sheet-title">
          <Text id={title} />
        </h1>
        <p className="sheet-hint">
          <Text id={hint} />
        </p>
      </div>
    </main>
  );
}

const CONNECTING = { icon: Store, title: 'start.connecting.title', hint: 'start.connecting.hint' } as const;
const STATES = {
  connecting: CONNECTING,
  ready: CONNECTING,
  away: { icon: PlugZap, title: 'start.away.title', hint: 'start.away.hint' },
  'no-session': { icon: KeyRound, title: 'start.noSession.title', hint: 'start.noSession.hint' },
} as const;
