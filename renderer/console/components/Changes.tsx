import type { ReactNode } from 'react';
import { effectsOn, netEffects, type Postings } from '../words/effects.ts';
import { useAmounts } from '../words/formats-context.tsx';
import './changes.css';

/** What an entry's postings came to for members: `+7 points`, a line for each wallet. */
export function Changes(props: { postings: Postings }): ReactNode {
  const amounts = useAmounts();
  return netEffects(effectsOn(props.postings)).map(({ wallet, amount }) => (
    <span key={wallet} className={`change ${amount > 0 ? 'change-gain' : ''}`}>
      {amounts.change(wallet, amount)}
    </span>
  ));
}
