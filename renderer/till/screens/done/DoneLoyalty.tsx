import type { ReactNode } from 'react';
import { useAmounts } from '../../state/till-context.tsx';
import type { DoneState } from '../../state/till-state.ts';
import { Text, useSay } from '../../words/intl.ts';
import '../explain/explain.css';
import { GiftLine } from '../explain/GiftLine.tsx';
import { RuleList } from '../explain/RuleList.tsx';
import { useSkuName } from '../explain/use-sku-name.ts';
import { ReachedLevel } from '../sale/member/ReachedLevel.tsx';

/** Earned and why, spent, and what the member has now. */
export function DoneLoyalty({ done }: { done: DoneState }): ReactNode {
  const amounts = useAmounts();
  const { sale, memberName, tierBefore } = done;
  if (sale.member === null && sale.unclaimed === null) {
    return (
      <p className="done-no-member">
        <Text id="done.noMember" />
      </p>
    );
  }
  return (
    <div className="done-loyalty">
      {memberName === null ? null : <p className="done-member">{memberName}</p>}
      <ReachedLevel sold before={tierBefore} after={sale.tierAfter} />
      <dl className="done-amounts">
        <div>
          <dt>
            <Text id="done.earned" />
          </dt>
          <dd>{amounts.wallets(sale.earned) || <Text id="done.nothing" />}</dd>
        </div>
        {sale.spent.length === 0 ? null : (
          <div>
            <dt>
              <Text id="done.spent" />
            </dt>
            <dd>{amounts.wallets(sale.spent)}</dd>
          </div>
        )}
        <NewBalance sale={sale} />
      </dl>
      <Why done={done} />
    </div>
  );
}

/** What each rule gave, and gifts. Its place is kept free until it comes. */
function Why({ done: { sale, explained } }: { done: DoneState }): ReactNode {
  const say = useSay();
  const skuName = useSkuName();
  return (
    <section className="done-why" aria-label={say('done.why')}>
      {explained === null ? (
        sale.earned.map(({ wallet }) => <span key={wallet} className="rule" aria-hidden />)
      ) : (
        <RuleList rules={explained.rules} lineName={(line) => skuName(explained.lines[line]?.sku ?? '')} />
      )}
      {sale.gifts.length === 0 ? null : (
        <ul>
          {sale.gifts.map((gift) => (
            <GiftLine key={`${gift.reason} ${gift.badge ?? ''}`} gift={gift} />
          ))}
        </ul>
      )}
    </section>
  );
}

function NewBalance({ sale }: { sale: DoneState['sale'] }): ReactNode {
  const amounts = useAmounts();
  const moved = [...sale.earned, ...sale.spent, ...sale.gifts];
  const changed = sale.balanceAfter.filter(
    (balance) => balance.balance !== 0 || moved.some(({ wallet }) => wallet === balance.wallet),
  );
  return (
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
  );
}
