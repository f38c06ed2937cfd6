import { useState, type ReactNode } from 'react';
import { SALE_MINOR_MAX } from '../../../../../base/numbers.ts';
import { Button } from '../../../../ui/button/Button.tsx';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { KeyedField } from '../../../../ui/keypad/KeyedField.tsx';
import { minorFromDigits } from '../../../format/money.ts';
import { useActions, useAmounts, useTill } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';

/** An amount for what has no tile. */
export function AmountDialog(): ReactNode {
  const say = useSay();
  const actions = useActions();
  const open = useTill((state) => state.dialog.kind === 'amount');
  return (
    <Dialog
      open={open}
      size="small"
      title={say('amount.title')}
      description={say('amount.description')}
      closeLabel={say('app.close')}
      onClose={actions.closeDialog}
    >
      <AmountForm />
    </Dialog>
  );
}

function AmountForm(): ReactNode {
  const say = useSay();
  const actions = useActions();
  const amounts = useAmounts();
  const [digits, setDigits] = useState('');
  const amount = minorFromDigits(digits, SALE_MINOR_MAX);
  const shown = amount === undefined || digits === '' ? digits : amounts.money(amount);
  const ready = amount !== undefined && amount > 0;
  return (
    <KeyedField
      label={say('amount.price')}
      keypadLabel={say('keypad.label')}
      deleteLabel={say('keypad.delete')}
      value={shown}
      placeholder={amounts.money(0)}
      error={amount === undefined ? say('amount.wrong') : undefined}
      onChange={(text) => setDigits(text.replaceAll(/\D/g, ''))}
      onSubmit={() => {
        if (!ready) return;
        actions.addAmount(say('amount.name.default'), amount);
        actions.closeDialog();
      }}
      submit={
        <Button kind="primary" size="large" type="submit" wide disabled={!ready}>
          {ready ? <Text id="amount.add" values={{ amount: shown }} /> : <Text id="amount.add.empty" />}
        </Button>
      }
    />
  );
}
