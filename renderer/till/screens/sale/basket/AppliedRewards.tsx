import { Gift, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Quote } from '../../../../../till/contract/shapes.ts';
import { useActions, useAmounts } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';

type Applied = Quote['redeemed'][number];

/** The rewards on this sale, each with what it takes off; one that was cut must be said before the customer agrees. */
export function AppliedRewards({ quote }: { quote: Quote }): ReactNode {
  if (quote.redeemed.length === 0) return null;
  return (
    <ul className="applied">
      {quote.redeemed.map((applied) => (
        <AppliedReward key={applied.reward} applied={applied} />
      ))}
    </ul>
  );
}

function AppliedReward({ applied }: { applied: Applied }): ReactNode {
  const say = useSay();
  const amounts = useAmounts();
  const actions = useActions();
  const discount = amounts.money(applied.discount);
  const { donation } = applied;
  return (
    <li className="applied-reward">
      <span className="applied-name">
        <Gift size={18} aria-hidden />
        <span>
          {applied.name}
          {donation === undefined ? null : (
            <span className="applied-donation">
              <Text id="rewards.donation.receiver" values={{ to: donation.to }} />
            </span>
          )}
        </span>
      </span>
      <span className="applied-discount">
        {applied.discount === 0 ? null : <Text id="basket.discount" values={{ amount: discount }} />}
        {applied.discount === 0 && donation !== undefined ? amounts.money(donation.money) : null}
      </span>
      {applied.auto ? (
        <span className="applied-auto">
          <Text id="rewards.auto" />
        </span>
      ) : (
        <button
          type="button"
          className="applied-remove"
          aria-label={say('rewards.remove', { reward: applied.name })}
          onClick={() => actions.removeReward(applied.reward)}
        >
          <X size={20} aria-hidden />
        </button>
      )}
      {applied.cut ? (
        <p className="applied-cut" role="alert">
          <TriangleAlert size={18} aria-hidden />
          <span>
            {applied.cost === null ? (
              <Text id="rewards.cut.free" values={{ discount }} />
            ) : (
              <Text id="rewards.cut" values={{ discount, cost: amounts.wallet(applied.cost) }} />
            )}
          </span>
        </p>
      ) : null}
    </li>
  );
}
