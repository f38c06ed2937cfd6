import type { ReactNode } from 'react';
import { useAmounts } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';
import { refusalWords } from '../../../words/refusal-words.ts';
import type { RewardView } from './reward-view.ts';

/** What the reward does to this basket, or why it cannot. */
export function RewardEffect({ state }: { state: RewardView['state'] }): ReactNode {
  const say = useSay();
  const amounts = useAmounts();
  switch (state.kind) {
    case 'applied':
    case 'automatic':
      return (
        <span className="reward-effect">
          <Text id="rewards.applied" values={{ amount: amounts.money(state.discount) }} />
        </span>
      );
    case 'possible':
      return (
        <span className="reward-effect">
          <Text id="rewards.saves" values={{ amount: amounts.money(state.discount) }} />
        </span>
      );
    case 'affordable':
      return null;
    case 'short':
      return (
        <span className="reward-effect">
          <Text id="rewards.toGo" values={{ amount: amounts.wallet(state.missing) }} />
        </span>
      );
    case 'refused':
      return <span className="reward-effect">{refusalWords(state, say)}</span>;
    default:
      return state satisfies never;
  }
}
