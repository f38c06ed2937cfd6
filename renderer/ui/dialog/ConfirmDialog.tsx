import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';
import { Button } from '../button/Button.tsx';
import './dialog.css';

export type ConfirmDialogProps = {
  open: boolean;
  title: string;
  /** What happens, in one sentence. */
  description: string;
  confirmLabel: string;
  cancelLabel: string;
  kind?: 'primary' | 'danger';
  busy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
  children?: ReactNode;
};

/** Asks before something that is hard to take back. The focus starts on the safe answer. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactNode {
  return (
    <AlertDialog.Root open={props.open} onOpenChange={(open) => (open ? undefined : props.onCancel())}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="dialog-backdrop" forceRender />
        <AlertDialog.Viewport className="dialog-viewport">
          <AlertDialog.Popup className="dialog dialog-small">
            <header className="dialog-header">
              <div>
                <AlertDialog.Title className="dialog-title">{props.title}</AlertDialog.Title>
                <AlertDialog.Description className="dialog-description">{props.description}</AlertDialog.Description>
              </div>
            </header>
            {props.children === undefined ? null : <div className="dialog-body">{props.children}</div>}
            <footer className="dialog-footer">
              <Button size="large" onPress={props.onCancel} disabled={props.busy === true}>
                {props.cancelLabel}
              </Button>
              <Button
                size="large"
                kind={props.kind ?? 'primary'}
                onPress={props.onConfirm}
                disabled={props.busy === true}
              >
                {props.confirmLabel}
              </Button>
            </footer>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
