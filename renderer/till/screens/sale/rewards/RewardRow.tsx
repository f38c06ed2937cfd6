import { Check, CloudOff, Gift, HandHeart, Lock, Plus, Sparkles, Ticket } from 'lucide-react';
import type { ReactNode } from 'react';
import { useActions, useAmounts } from '../../../state/till-context.tsx';
import { Text, type MessageId } from '../../../words/intl.ts';
import { RewardEffect } from './RewardEffect.tsx';
import type { RewardView } from './reward-view.ts';

/** One tap applies a reward, the next takes it off; one that pays with points asks how many. What cannot be had is no button. */
export function RewardRow({ view }: { view: RewardView }): ReactNode {
  const actions = useActions();
  const { reward, state, spends } = view;
  const applied = state.kind === 'applied';
  if (state.kind !== 'possible' && !applied) {
    return (
      <li className={`reward reward-${state.kind}`}>
        <RewardContent view={view} />
      </li>
    );
  }
  const press = (): void => {
    if (spends) void actions.openSpend(reward);
    else if (applied) actions.removeReward(reward);
    else actions.applyReward(reward);
  };
  return (
    <li>
      <button
        type="button"
        className={`reward reward-${state.kind}`}
        aria-haspopup={spends ? 'dialog' : undefined}
        data-first
        onClick={press}
      >
        <span className="visually-hidden">
          <Text id={actionOf(view, applied)} />
        </span>
        <RewardContent view={view} />
        <span className="reward-action">
          {applied ? <Check size={22} strokeWidth={3} aria-hidden /> : <Plus size={22} aria-hidden />}
        </span>
      </button>
    </li>
  );
}

function actionOf({ spends }: RewardView, applied: boolean): MessageId {
  if (spends) return 'rewards.choose';
  return applied ? 'rewards.takeOff' : 'rewards.apply';
}

const ICONS = {
  applied: Gift,
  automatic: Sparkles,
  possible: Gift,
  affordable: Gift,
  short: Lock,
  offline: CloudOff,
  refused: Lock,
};

const GIVES_ICONS = { voucher: Ticket, donation: HandHeart };

function RewardContent({ view }: { view: RewardView }): ReactNode {
  const amounts = useAmounts();
  const { name, cost, state } = view;
  const open = state.kind !== 'short' && state.kind !== 'offline' && state.kind !== 'refused';
  const Icon = open && view.gives !== undefined ? GIVES_ICONS[view.gives.kind] : ICONS[state.kind];
  return (
    <>
      <Icon size={20} aria-hidden className="reward-icon" />
      <span className="reward-text">
        <span className="reward-name">{name}</span>
        <RewardEffect view={view} />
        {cost === null || cost.amount === null ? null : (
          <span className="reward-cost">
            <Text id="rewards.cost" values={{ cost: amounts.wallet({ wallet: cost.wallet, amount: cost.amount }) }} />
          </span>
        )}
      </span>
    </>
  );
}
