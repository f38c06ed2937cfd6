import type { ReactNode } from 'react';
import { useAmounts } from '../../../state/till-context.tsx';
import { useSay } from '../../../words/intl.ts';
import { refusalWords } from '../../../words/refusal-words.ts';
import { offlineWords, reasonsWords, type ReasonWords } from '../../../words/unmet-words.ts';
import type { Gives, RewardView } from './reward-view.ts';

/** What the reward does to this basket, or why it cannot. */
export function RewardEffect({ view }: { view: RewardView }): ReactNode {
  const words = { say: useSay(), amounts: useAmounts() };
  const effect = effectWords(view, words);
  return effect === null ? null : <span className="reward-effect">{effect}</span>;
}

function effectWords({ state, gives }: RewardView, words: ReasonWords): string | null {
  const { say, amounts } = words;
  switch (state.kind) {
    case 'applied':
      return gives === undefined
        ? say('rewards.applied', { amount: amounts.money(state.discount) })
        : givesWords(gives, words);
    case 'automatic':
      return gives === undefined
        ? say('rewards.automatic', { amount: amounts.money(state.discount) })
        : givesWords(gives, words);
    case 'possible':
      return gives === undefined
        ? say('rewards.saves', { amount: amounts.money(state.discount) })
        : givesWords(gives, words);
    case 'affordable':
      return null;
    case 'short':
      return say('rewards.toGo', { amount: amounts.wallet(state.missing) });
    case 'offline':
      return offlineWords(state.left, words);
    case 'refused':
      return state.because.length > 0 ? reasonsWords(state.because, words) : refusalWords(state, say);
    default:
      return state satisfies never;
  }
}

function givesWords(gives: Gives, { say, amounts }: ReasonWords): string {
  if (gives.kind === 'voucher') return say('rewards.voucher');
  if (gives.donation === null) return say('rewards.donation');
  const { to, money } = gives.donation;
  return say('rewards.donation.to', { amount: amounts.money(money), to });
}
