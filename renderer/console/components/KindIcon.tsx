import { CircleHelp, ShoppingBag, Undo2, UserPlus, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

const ICONS: Readonly<Record<string, LucideIcon>> = { enrol: UserPlus, sale: ShoppingBag, void: Undo2 };

/** Of an entry's kind; the word always stands beside it. */
export function KindIcon(props: { kind: string }): ReactNode {
  const Icon = ICONS[props.kind] ?? CircleHelp;
  return <Icon size={16} aria-hidden />;
}
