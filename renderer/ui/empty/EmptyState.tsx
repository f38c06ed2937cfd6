import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import './empty-state.css';

/** Nothing there yet: says so, and what to do. */
export function EmptyState(props: { icon: LucideIcon; title: string; hint?: string; children?: ReactNode }): ReactNode {
  const Icon = props.icon;
  return (
    <div className="empty-state">
      <span className="empty-state-icon">
        <Icon size={28} aria-hidden />
      </span>
      <p className="empty-state-title">{props.title}</p>
      {props.hint === undefined ? null : <p className="empty-state-hint">{props.hint}</p>}
      {props.children}
    </div>
  );
}
