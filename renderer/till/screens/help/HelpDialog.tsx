import type { ReactNode } from 'react';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { KEYS, type KeyCommand } from '../../keyboard/keymap.ts';
import { useActions, useTill } from '../../state/till-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import type { MessageId } from '../../words/intl.ts';
import './help.css';

const COMMANDS: readonly KeyCommand[] = [
  'search',
  'catalogue',
  'rewards',
  'basket',
  'recent',
  'confirm',
  'back',
  'help',
];
/** What the browser and the components do by themselves. */
const OTHERS: readonly { readonly keys: string; readonly id: MessageId }[] = [
  { keys: 'Tab', id: 'help.tab' },
  { keys: '← ↑ → ↓', id: 'help.arrows' },
  { keys: 'Enter', id: 'help.enter' },
];

/** As they stand on keyboards. */
const KEY_NAMES: Readonly<Record<string, string>> = { Escape: 'Esc' };

export function HelpDialog(): ReactNode {
  const say = useSay();
  const actions = useActions();
  const open = useTill((state) => state.dialog.kind === 'help');
  return (
    <Dialog
      open={open}
      title={say('help.title')}
      description={say('help.description')}
      closeLabel={say('app.close')}
      onClose={actions.closeDialog}
    >
      <dl className="help-keys">
        {COMMANDS.map((command) => (
          <HelpRow key={command} keys={KEYS[command]} id={`help.${command}`} />
        ))}
        {OTHERS.map(({ keys, id }) => (
          <HelpRow key={id} keys={keys} id={id} />
        ))}
      </dl>
    </Dialog>
  );
}

function HelpRow({ keys, id }: { keys: string; id: MessageId }): ReactNode {
  return (
    <div className="help-row">
      <dt>
        <kbd className="key-hint">{KEY_NAMES[keys] ?? keys}</kbd>
      </dt>
      <dd>
        <Text id={id} />
      </dd>
    </div>
  );
}
