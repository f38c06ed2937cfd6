import type { ReactNode } from 'react';
import { ConfirmDialog } from '../../../ui/dialog/ConfirmDialog.tsx';
import { useActions, useAmounts, useTill } from '../../state/till-context.tsx';
import { Text, useSay } from '../../words/intl.ts';

/** Says what comes back before it does. */
export function VoidDialog(): ReactNode {
  const say = useSay();
  const actions = useActions();
  const amounts = useAmounts();
  const voiding = useTill((state) => state.recent.voiding);
  const sale = voiding?.sale;
  const returned = sale === undefined ? '' : amounts.wallets(sale.spent);
  const takenBack = sale === undefined ? '' : amounts.wallets(sale.earned);
  return (
    <ConfirmDialog
      open={voiding !== null}
      kind="danger"
      busy={voiding?.busy === true}
      title={say('void.title', { receipt: sale?.receipt ?? '' })}
      description={say('void.description')}
      confirmLabel={say('void.confirm')}
      cancelLabel={say('void.cancel')}
      onConfirm={() => void actions.voidSale()}
      onCancel={actions.keepSale}
    >
      <ul className="void-effects">
        <li className="void-money">
          <Text id="void.money" values={{ amount: amounts.money(sale?.due ?? 0) }} />
        </li>
        {returned === '' ? null : (
          <li>
            <Text id="void.returned" values={{ amounts: returned }} />
          </li>
        )}
        {takenBack === '' ? null : (
          <li>
            <Text id="void.takenBack" values={{ amounts: takenBack }} />
          </li>
        )}
      </ul>
    </ConfirmDialog>
  );
}
