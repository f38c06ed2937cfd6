import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import './dialog.css';

export type DialogProps = {
  open: boolean;
  title: string;
  /** One sentence under the title. */
  description?: string | undefined;
  /** The name of the × button. */
  closeLabel: string;
  onClose: () => void;
  size?: 'small' | 'medium' | 'large';
  children: ReactNode;
  /** Buttons, the safe one first. */
  footer?: ReactNode;
};

/** The focus starts on the field marked `data-initial-focus` where there is one, and afterwards goes back to where it was. */
export function Dialog(props: DialogProps): ReactNode {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <BaseDialog.Root open={props.open} onOpenChange={(open) => (open ? undefined : props.onClose())}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="dialog-backdrop" />
        <BaseDialog.Viewport className="dialog-viewport">
          <BaseDialog.Popup
            className={`dialog dialog-${props.size ?? 'medium'}`}
            ref={popup}
            initialFocus={() => popup.current?.querySelector<HTMLElement>('[data-initial-focus]') ?? true}
          >
            <header className="dialog-header">
              <div>
                <BaseDialog.Title className="dialog-title">{props.title}</BaseDialog.Title>
                {props.description === undefined ? null : (
                  <BaseDialog.Description className="dialog-description">{props.description}</BaseDialog.Description>
                )}
              </div>
              <BaseDialog.Close className="dialog-close" aria-label={props.closeLabel}>
                <X size={22} aria-hidden />
              </BaseDialog.Close>
            </header>
            <div className="dialog-body">{props.children}</div>
            {props.footer === undefined ? null : <footer className="dialog-footer">{props.footer}</footer>}
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
