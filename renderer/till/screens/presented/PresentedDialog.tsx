import type { ReactNode } from 'react';
import { ConfirmDialog } from '../../../ui/dialog/ConfirmDialog.tsx';
import { useActions, useTill } from '../../state/till-context.tsx';
import { useSay } from '../../words/intl.ts';

/** The POS hands a basket over while another is on screen: nobody's work is thrown away without a word. */
export function PresentedDialog(): ReactNode {
  const say = useSay();
  const actions = useActions();
  const dialog = useTill((state) => state.dialog);
  const presented = dialog.kind === 'presented' ? dialog.presented : null;
  const count = presented?.basket.lines.length ?? 0;
  const reference = presented?.reference ?? null;
  return (
    <ConfirmDialog
      open={presented !== null}
      title={say('presented.title')}
      description={
        reference === null
          ? say('presented.description.plain', { count })
          : say('presented.description', { count, reference })
      }
      confirmLabel={say('presented.confirm')}
      cancelLabel={say('presented.cancel')}
      onConfirm={() => (presented === null ? undefined : actions.takePresented(presented))}
      onCancel={actions.closeDialog}
    />
  );
}
