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
import { EarnLine } from './EarnLine.tsx';
import { WillReach } from './WillReach.tsx';

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
      {view.quote === null ? null : <WillReach quote={view.quote} />}
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
