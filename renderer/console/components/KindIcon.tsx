import {
  ArrowLeftRight,
  CircleHelp,
  CreditCard,
  Goal,
  HandCoins,
  Hourglass,
  Link,
  Merge,
  RotateCcw,
  ShoppingBag,
  SlidersHorizontal,
  Split,
  Undo2,
  UserPlus,
  Users,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  enrol: UserPlus,
  sale: ShoppingBag,
  refund: RotateCcw,
  void: Undo2,
  attach: Link,
  claim: HandCoins,
  adjust: SlidersHorizontal,
  transfer: ArrowLeftRight,
  card: CreditCard,
  club: Users,
  merge: Merge,
  unmerge: Split,
  goal: Goal,
  expire: Hourglass,
};

/** Of an entry's kind; the word always stands beside it. */
export function KindIcon(props: { kind: string }): ReactNode {
  const Icon = ICONS[props.kind] ?? CircleHelp;
  return <Icon size={16} aria-hidden />;
}
