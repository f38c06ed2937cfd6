import { Tabs } from '@base-ui/react/tabs';
import { useState, type ReactNode } from 'react';
import { SALE_MINOR_MAX } from '../../../../../base/numbers.ts';
import { Button } from '../../../../ui/button/Button.tsx';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { KeyedField } from '../../../../ui/keypad/KeyedField.tsx';
import { decimalSign, minorFromDigits } from '../../../format/money.ts';
import { parseQuantity } from '../../../format/quantity.ts';
import type { SaleLine } from '../../../state/sale-state.ts';
import { useActions, useAmounts, useTill } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';

/** Quantity or price of a line, keyed. */
export function LineDialog(): ReactNode {
  const say = useSay();
  const actions = useActions();
  const dialog = useTill((state) => state.dialog);
  const key = dialog.kind === 'line' ? dialog.key : null;
  const line = useTill((state) => state.sale.lines.find((other) => other.key === key) ?? null);
  return (
    <Dialog
      open={line !== null}
      size="small"
      title={line?.name ?? ''}
      closeLabel={say('app.close')}
      onClose={actions.closeDialog}
    >
      {line === null ? null : <LineForm key={line.key} line={line} />}
    </Dialog>
  );
}

function LineForm({ line }: { line: SaleLine }): ReactNode {
  const say = useSay();
  return (
    <Tabs.Root defaultValue="quantity" className="line-tabs">
      <Tabs.List className="line-tab-list" aria-label={say('line.tabs')}>
        <Tabs.Tab value="quantity" className="catalogue-category">
          <Text id="line.quantity" />
        </Tabs.Tab>
        <Tabs.Tab value="price" className="catalogue-category">
          <Text id="line.price" />
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="quantity" tabIndex={-1}>
        <QuantityForm line={line} />
      </Tabs.Panel>
      <Tabs.Panel value="price" tabIndex={-1}>
        <PriceForm line={line} />
      </Tabs.Panel>
    </Tabs.Root>
  );
}

function QuantityForm({ line }: { line: SaleLine }): ReactNode {
  const say = useSay();
  const actions = useActions();
  const { locale } = useAmounts();
  const sign = decimalSign(locale);
  const [typed, setTyped] = useState('');
  const quantity = typed === '' ? line.quantity : parseQuantity(typed);
  return (
    <KeyedField
      label={say('line.quantity')}
      keypadLabel={say('keypad.label')}
      deleteLabel={say('keypad.delete')}
      decimalSign={sign}
      value={typed}
      placeholder={line.quantity.replace('.', sign)}
      error={quantity === undefined ? say('line.quantity.wrong') : undefined}
      onChange={setTyped}
      onSubmit={() => {
        if (quantity === undefined) return;
        actions.setQuantity(line.key, quantity);
        actions.closeDialog();
      }}
      submit={
        <Button kind="primary" size="large" type="submit" wide disabled={quantity === undefined}>
          <Text id="line.save" />
        </Button>
      }
    />
  );
}

function PriceForm({ line }: { line: SaleLine }): ReactNode {
  const say = useSay();
  const actions = useActions();
  const amounts = useAmounts();
  const [typed, setTyped] = useState('');
  const price = typed === '' ? line.unitPrice : minorFromDigits(typed, SALE_MINOR_MAX);
  return (
    <KeyedField
      label={say('line.price')}
      keypadLabel={say('keypad.label')}
      deleteLabel={say('keypad.delete')}
      value={typed === '' || price === undefined ? typed : amounts.money(price)}
      placeholder={amounts.money(line.unitPrice)}
      error={price === undefined ? say('line.price.wrong') : undefined}
      onChange={(text) => setTyped(text.replaceAll(/\D/g, ''))}
      onSubmit={() => {
        if (price === undefined) return;
        actions.setPrice(line.key, price);
        actions.closeDialog();
      }}
      submit={
        <Button kind="primary" size="large" type="submit" wide disabled={price === undefined}>
          <Text id="line.save" />
        </Button>
      }
    />
  );
}
