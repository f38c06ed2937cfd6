import { useEffect } from 'react';
import { useActions, useTill } from '../state/till-context.tsx';
import { focusPlace } from './focus-place.ts';
import { keyCommand, type KeyCommand } from './keymap.ts';

/** Obeys the till's keys while the sale or its end is on screen. */
export function useKeyboard(): void {
  const actions = useActions();
  const done = useTill((state) => state.done !== null);
  const covered = useTill((state) => state.dialog.kind !== 'none');

  useEffect(() => {
    const obey = (command: KeyCommand): void => {
      switch (command) {
        case 'search':
        case 'catalogue':
        case 'rewards':
        case 'basket':
          return focusPlace(command);
        case 'recent':
          return void actions.openRecent();
        case 'confirm':
          return done ? actions.nextCustomer() : void actions.confirmSale();
        case 'help':
          return actions.openDialog({ kind: 'help' });
        case 'back':
          return done ? actions.nextCustomer() : actions.dismissMessages();
        default:
          return command satisfies never;
      }
    };
    const keydown = (event: KeyboardEvent): void => {
      const modified = event.ctrlKey || event.altKey || event.metaKey;
      const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      const command = keyCommand({ key: event.key, modified, repeat: event.repeat, typing, covered });
      if (command === undefined || (command === 'back' && event.defaultPrevented)) return;
      if (command !== 'back') event.preventDefault(); // F3 and F6 are the browser's own otherwise
      obey(command);
    };
    document.addEventListener('keydown', keydown);
    return () => document.removeEventListener('keydown', keydown);
  }, [actions, done, covered]);
}
