import type { ReactNode } from 'react';
import { ConfirmDialog } from '../../../ui/dialog/ConfirmDialog.tsx';
import { useActions, useAmounts, useTill } from '../../state/till-context.tsx';
import type { WalletAmount } from '../../words/amounts.ts';
import { Text, useSay } from '../../words/intl.ts';

/** Says what comes back before it does. */
export function VoidDialog(): ReactNode {
  const say = useSay();
  const actions = useActions();
  const amounts = useAmounts();
  const voiding = useTill((state) => state.recent.voiding);
  const sale = voiding?.sale;
  const returned = sale === undefined ? '' : amounts.wallets(without(sale.spent, sale.undone.returned));
  const takenBack = sale === undefined ? '' : amounts.wallets(without(sale.earned, sale.undone.takenBack));
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
          <Text
            id="void.money"
            values={{ amount: amounts.money(sale === undefined ? 0 : sale.due - sale.undone.money) }}
          />
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

/** What refunds have not undone yet. */
function without(amounts: readonly WalletAmount[], undone: readonly WalletAmount[]): readonly WalletAmount[] {
  return amounts.map(({ wallet, amount }) => ({
    wallet,
    amount: amount - (undone.find((other) => other.wallet === wallet)?.amount ?? 0),
  }));
}
