import { Award, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Quote } from '../../../../till/contract/shapes.ts';
import { useAmounts } from '../../state/till-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { readable } from '../../../ui/i18n/readable.ts';

/** A badge just earned, or what a referral pays. */
export function GiftLine({ gift }: { gift: Quote['gifts'][number] }): ReactNode {
  const say = useSay();
  const amounts = useAmounts();
  const { reason, badge, wallet, amount } = gift;
  const Icon = reason === 'badge' ? Award : UserPlus;
  return (
    <li className="rule rule-gives">
      <Icon size={18} aria-hidden className="rule-icon" />
      <span className="rule-text">
        <span className="rule-name">
          {reason === 'badge' ? say('gift.badge', { badge: readable(badge ?? '') }) : <Text id={`gift.${reason}`} />}
        </span>
      </span>
      {wallet === null || amount === 0 ? null : (
        <strong className="rule-effect">
          <Text id="rule.gives" values={{ amount: amounts.wallet({ wallet, amount }) }} />
        </strong>
      )}
    </li>
  );
}
