import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useActions, useAmounts, useTill } from '../../../state/till-context.tsx';
import { Text } from '../../../words/intl.ts';
import type { BasketView } from './basket-view.ts';

/** Always there and always as high, so that the total stays where it is. Pressed, it says why. */
export function EarnLine({ view: { quote, lines } }: { view: BasketView }): ReactNode {
  const amounts = useAmounts();
  const actions = useActions();
  const hasMember = useTill((state) => state.member.member !== null);
  if (lines.length === 0) return <p className="totals-earn" />;
  if (quote === null) return <p className="totals-earn">{hasMember ? null : <Text id="totals.noMember" />}</p>;
  if (!hasMember && !quote.claimable) {
    return (
      <p className="totals-earn">
        <Text id="totals.noMember" />
      </p>
    );
  }
  const earned = amounts.wallets(quote.earned);
  const spent = amounts.wallets(quote.spent);
  return (
    <button
      type="button"
      className={`totals-earn ${hasMember ? 'totals-earn-member' : ''}`}
      onClick={() => void actions.explainBasket()}
    >
      <span className="totals-earn-text">
        {earned === '' ? <Text id="totals.earnsNothing" /> : <Text id="totals.willEarn" values={{ amounts: earned }} />}
        {hasMember ? null : (
          <span>
            <Text id="totals.claimable" />
          </span>
        )}
        {spent === '' ? null : (
          <span>
            <Text id="totals.willSpend" values={{ amounts: spent }} />
          </span>
        )}
      </span>
      <ChevronRight size={18} aria-hidden />
    </button>
  );
}
