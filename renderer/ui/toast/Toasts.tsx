import { Toast } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { toaster } from './toaster.ts';
import './toasts.css';

export type ToastsProps = { closeLabel: string; regionLabel: string; children: ReactNode };

/** Wraps the page, and shows what `showToast` is told. */
export function Toasts(props: ToastsProps): ReactNode {
  return (
    <Toast.Provider toastManager={toaster} limit={3}>
      {props.children}
      <Toast.Portal>
        <Toast.Viewport className="toasts" aria-label={props.regionLabel}>
          <ToastList closeLabel={props.closeLabel} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

const ICONS = { good: CircleCheck, warn: TriangleAlert, bad: CircleAlert, neutral: Info };

function ToastList(props: { closeLabel: string }): ReactNode {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => {
    const tone = toast.type === 'good' || toast.type === 'warn' || toast.type === 'bad' ? toast.type : 'neutral';
    const Icon = ICONS[tone];
    return (
      <Toast.Root key={toast.id} toast={toast} className={`toast toast-${tone}`}>
        <Icon size={22} aria-hidden className="toast-icon" />
        <Toast.Content className="toast-content">
          <Toast.Title className="toast-title" />
          <Toast.Description className="toast-description" />
        </Toast.Content>
        <Toast.Close className="toast-close" aria-label={props.closeLabel}>
          <X size={20} aria-hidden />
        </Toast.Close>
      </Toast.Root>
    );
  });
}
