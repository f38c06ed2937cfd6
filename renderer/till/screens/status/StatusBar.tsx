import { CalendarDays, CircleHelp, History, Store } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button/Button.tsx';
import { KEYS } from '../../keyboard/keymap.ts';
import { useActions, useTill } from '../../state/till-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { formatDate } from '../../words/when.ts';
import { StatusChips } from './StatusChips.tsx';
import './status-bar.css';

/** Always on top of the page: where this is, how the till stands, and the two things that are there at any time. */
export function StatusBar(): ReactNode {
  const say = useSay();
  const actions = useActions();
  const status = useTill((state) => state.status.status);
  if (status === null) return null;
  const { enrolled } = status;
  return (
    <header className="status-bar">
      <div className="status-bar-place">
        <span className="status-bar-mark" aria-hidden>
          <Store size={20} />
        </span>
        <span className="status-bar-name">
          {enrolled === null ? (
            <Text id="status.notEnrolled" />
          ) : (
            <Text id="status.place" values={{ store: enrolled.store, till: enrolled.till }} />
          )}
        </span>
      </div>
      <span className="status-bar-date">
        <CalendarDays size={16} aria-hidden />
        <span className="visually-hidden">
          <Text id="status.date" />
        </span>
        {formatDate(status.businessDate, status.locale)}
      </span>
      <StatusChips status={status} />
      {enrolled === null ? null : (
        <nav className="status-bar-actions">
          <Button
            kind="quiet"
            icon={History}
            keyHint={KEYS.recent}
            label={say('status.recent')}
            onPress={() => void actions.openRecent()}
          />
          <Button
            kind="quiet"
            icon={CircleHelp}
            label={say('status.help')}
            onPress={() => actions.openDialog({ kind: 'help' })}
          />
        </nav>
      )}
    </header>
  );
}
