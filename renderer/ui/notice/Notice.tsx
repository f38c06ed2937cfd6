import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import './notice.css';

export type NoticeProps = {
  tone: 'neutral' | 'good' | 'warn' | 'bad';
  /** A sentence. */
  children: ReactNode;
  /** Buttons that help. */
  actions?: ReactNode;
  dismiss?: { label: string; onDismiss: () => void };
};

const ICONS = { good: CircleCheck, warn: TriangleAlert, bad: CircleAlert, neutral: Info };

/** A sentence that stays until it is settled. `bad` and `warn` are announced at once (role alert), the others politely (role status). */
export function Notice(props: NoticeProps): ReactNode {
  const Icon = ICONS[props.tone];
  const urgent = props.tone === 'bad' || props.tone === 'warn';
  return (
    <div className={`notice notice-${props.tone}`} role={urgent ? 'alert' : 'status'}>
      <Icon size={22} aria-hidden />
      <div className="notice-text">{props.children}</div>
      {props.dismiss === undefined ? null : (
        <button
          type="button"
          className="notice-dismiss"
          aria-label={props.dismiss.label}
          onClick={props.dismiss.onDismiss}
        >
          <X size={20} aria-hidden />
        </button>
      )}
      {props.actions === undefined ? null : <div className="notice-actions">{props.actions}</div>}
    </div>
  );
}
