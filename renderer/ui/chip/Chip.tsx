/// <reference types="vite/client" />
// For the style sheet: tests of plain files reach this one through its types, in a program without Vite's.
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import './chip.css';

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad';

/** A state in an icon and a word. */
export function Chip(props: { tone?: Tone; icon?: LucideIcon; children: ReactNode }): ReactNode {
  const Icon = props.icon;
  return (
    <span className={`chip chip-${props.tone ?? 'neutral'}`}>
      {Icon === undefined ? null : <Icon size={16} aria-hidden />}
      <span>{props.children}</span>
    </span>
  );
}
