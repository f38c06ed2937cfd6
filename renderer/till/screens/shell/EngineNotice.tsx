import { useEffect, useState, type ReactNode } from 'react';
import { Notice } from '../../../ui/notice/Notice.tsx';
import { useTill } from '../../state/till-context.tsx';
import { Text } from '../../words/intl.ts';

/** A loss shorter than this is over before anyone could read about it. */
const QUIET_MS = 400;
/** A commit is on disk within milliseconds: after this, it is time to say something. */
const SLOW_COMMIT_MS = 3_000;

/** The engine is gone, or takes long: says so over the page, which stays as it is. */
export function EngineNotice(): ReactNode {
  const engine = useTill((state) => state.status.engine);
  const committing = useTill((state) => state.sale.phase === 'committing');
  const lost = useAfter(engine !== 'ready', QUIET_MS);
  const slow = useAfter(committing, SLOW_COMMIT_MS);
  if (!lost && !slow) return null;
  return (
    <div className="engine-notice">
      <Notice tone="warn">
        {lost && engine === 'no-session' ? <Text id="start.noSession.hint" /> : null}
        {lost && engine !== 'no-session' && committing ? <Text id="lost.committing" /> : null}
        {lost && engine !== 'no-session' && !committing ? (
          <>
            <strong>
              <Text id="lost.title" />
            </strong>{' '}
            <Text id="lost.hint" />
          </>
        ) : null}
        {lost ? null : <Text id="commit.slow" />}
      </Notice>
    </div>
  );
}

/** True once `now` has held for `delayMs`. */
function useAfter(now: boolean, delayMs: number): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!now) return undefined;
    const timer = setTimeout(() => setHeld(true), delayMs);
    return () => {
      clearTimeout(timer);
      setHeld(false);
    };
  }, [now, delayMs]);
  return now && held;
}
