import type { ReactNode } from 'react';
import { ConfirmDialog } from '../../../../ui/dialog/ConfirmDialog.tsx';
import { useActions, useTill } from '../../../state/till-context.tsx';
import { useSay } from '../../../words/intl.ts';

export function ClearDialog(): ReactNode {
  const say = useSay();
  const actions = useActions();
  const open = useTill((state) => state.dialog.kind === 'clear');
  const count = useTill((state) => state.sale.lines.length);
  return (
    <ConfirmDialog
      open={open}
      kind="danger"
      title={say('clear.title')}
      description={say('clear.description', { count })}
      confirmLabel={say('clear.confirm')}
      cancelLabel={say('clear.cancel')}
      onConfirm={actions.clearSale}
      onCancel={actions.closeDialog}
    />
  );
}
