import type { ReactNode } from 'react';
import { useAmounts } from '../../state/till-context.tsx';
import type { DoneState } from '../../state/till-state.ts';
import { Text } from '../../words/intl.ts';

/** Earned, spent, and what the member has now. */
export function DoneLoyalty({ done: { sale, memberName } }: { done: DoneState }): ReactNode {
  const amounts = useAmounts();
  if (sale.member === null) {
    return (
      <p className="done-no-member">
        <Text id="done.noMember" />
      </p>
    );
  }
  const changed = sale.balanceAfter.filter(
    (balance) =>
      balance.balance !== 0 || [...sale.earned, ...sale.spent].some(({ wallet }) => wallet === balance.wallet),
  );
  return (
    <div className="done-loyalty">
      {memberName === null ? null : <p className="done-member">{memberName}</p>}
      <dl className="done-amounts">
        <div>
          <dt>
            <Text id="done.earned" />
          </dt>
          <dd>{amounts.wallets(sale.earned) || <Text id="done.nothing" />}</dd>
        </div>
        <div>
          <dt>
            <Text id="done.spent" />
          </dt>
          <dd>{amounts.wallets(sale.spent) || <Text id="done.nothing" />}</dd>
        </div>
        <div className="done-balance">
          <dt>
            <Text id="done.balance" />
          </dt>
          <dd>
            {changed.map(({ wallet, balance }) => (
              <span key={wallet}>{amounts.wallet({ wallet, amount: balance })}</span>
            ))}
          </dd>
        </div>
      </dl>
    </div>
  );
}
