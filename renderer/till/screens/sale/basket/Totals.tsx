import type { ReactNode } from 'react';
import { Button } from '../../../../ui/button/Button.tsx';
import { Notice } from '../../../../ui/notice/Notice.tsx';
import { KEYS } from '../../../keyboard/keymap.ts';
import { canConfirm } from '../../../state/sale-state.ts';
import { useActions, useAmounts, useTill } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';
import { refusalWords } from '../../../words/refusal-words.ts';
import { AppliedRewards } from './AppliedRewards.tsx';
import type { BasketView } from './basket-view.ts';

/** What it comes to, and the one button that sells. */
export function Totals({ view }: { view: BasketView }): ReactNode {
  const say = useSay();
  const amounts = useAmounts();
  const actions = useActions();
  const sale = useTill((state) => state.sale);
  const due = view.due === null ? null : amounts.money(view.due);
  const committing = sale.phase === 'committing';
  return (
    <div className="totals">
      {sale.refusal === null ? null : <Notice tone="bad">{refusalWords(sale.refusal, say)}</Notice>}
      {view.quote === null ? null : <AppliedRewards quote={view.quote} />}
      {view.discount === 0 ? null : (
        <p className="totals-row">
          <Text id="totals.list" />
          <span>{amounts.money(view.list)}</span>
        </p>
      )}
      <p className="totals-row totals-due">
        <Text id="totals.due" />
        <strong className={view.pending ? 'totals-pending' : ''}>{due ?? amounts.money(0)}</strong>
      </p>
      <EarnLine view={view} />
      <Button
        kind="primary"
        size="large"
        wide
        className="totals-confirm"
        keyHint={KEYS.confirm}
        disabled={!canConfirm(sale)}
        onPress={() => void actions.confirmSale()}
      >
        {committing ? <Text id="commit.busy" /> : null}
        {!committing && due !== null ? <Text id="totals.confirm" values={{ due }} /> : null}
        {!committing && due === null ? <Text id="totals.confirm.empty" /> : null}
      </Button>
    </div>
  );
}

/** Always there, so that the total stays where it is. */
function EarnLine({ view: { quote, lines } }: { view: BasketView }): ReactNode {
  const amounts = useAmounts();
  const hasMember = useTill((state) => state.member.member !== null);
  if (lines.length === 0) return <p className="totals-earn" />;
  if (!hasMember || quote === null) {
    return <p className="totals-earn">{hasMember ? null : <Text id="totals.noMember" />}</p>;
  }
  const earned = amounts.wallets(quote.earned);
  const spent = amounts.wallets(quote.spent);
  return (
    <p className="totals-earn totals-earn-member">
      {earned === '' ? <Text id="totals.earnsNothing" /> : <Text id="totals.willEarn" values={{ amounts: earned }} />}
      {spent === '' ? null : (
        <span>
          <Text id="totals.willSpend" values={{ amounts: spent }} />
        </span>
      )}
    </p>
  );
}
