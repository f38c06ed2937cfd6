import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ConsoleEntry } from '../../../../sync/protocol/console.ts';
import '../../../ui/dialog/dialog.css';
import { useConsole, useConsoleActions } from '../../state/console-context.tsx';
import { kindWords, placeWords } from '../../words/entry-words.ts';
import { useSay } from '../../words/intl.ts';
import './entry-drawer.css';
import { EntryDetails } from './EntryDetails.tsx';

/** One entry whole, at the side; the focus goes back to its row. */
export function EntryDrawer(): ReactNode {
  const say = useSay();
  const entry = useConsole((state) => state.openEntry);
  const shown = useLastEntry(entry);
  const { openEntry } = useConsoleActions();
  return (
    <Dialog.Root open={entry !== null} onOpenChange={(open) => (open ? undefined : openEntry(null))}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="drawer">
          {shown === null ? null : (
            <>
              <header className="dialog-header">
                <div>
                  <Dialog.Title className="dialog-title">{kindWords(shown.kind, say)}</Dialog.Title>
                  <Dialog.Description className="dialog-description">{placeWords(shown, say)}</Dialog.Description>
                </div>
                <Dialog.Close className="dialog-close" aria-label={say('app.close')}>
                  <X size={20} aria-hidden />
                </Dialog.Close>
              </header>
              <EntryDetails entry={shown} />
            </>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** It stays readable while the drawer slides out. */
function useLastEntry(entry: ConsoleEntry | null): ConsoleEntry | null {
  const [last, setLast] = useState(entry);
  if (entry !== null && entry !== last) setLast(entry);
  return entry ?? last;
}
