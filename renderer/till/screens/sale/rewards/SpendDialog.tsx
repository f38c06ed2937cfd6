import { useState, type ReactNode } from 'react';
import { Button } from '../../../../ui/button/Button.tsx';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { KeyedField } from '../../../../ui/keypad/KeyedField.tsx';
import { Stepper } from '../../../../ui/stepper/Stepper.tsx';
import { useActions, useAmounts, useTill } from '../../../state/till-context.tsx';
import type { SpendLimits } from '../../../state/till-state.ts';
import { Text, useSay } from '../../../words/intl.ts';
import { spendFromTyped, withinLimits } from './spend-view.ts';

/** How much to pay with points: in steps, up to what the basket and the balance allow. */
export function SpendDialog(): ReactNode {
  const say = useSay();
  const actions = useActions();
  const dialog = useTill((state) => state.dialog);
  const spending = dialog.kind === 'spend' && dialog.limits !== null ? { ...dialog, limits: dialog.limits } : null;
  const option = useTill((state) =>
    state.sale.quoted?.quote.rewards.find((other) => other.reward === spending?.reward),
  );
  const wallet = option?.cost?.wallet ?? '';
  const words = useAmounts();
  const write = (amount: number): string => words.wallet({ wallet, amount });
  return (
    <Dialog
      open={spending !== null}
      size="small"
      title={option?.name ?? ''}
      description={
        spending === null
          ? undefined
          : say('spend.description', { most: write(spending.limits.most), step: write(spending.limits.step) })
      }
      closeLabel={say('app.close')}
      onClose={actions.closeDialog}
    >
      {spending === null ? null : (
        <SpendForm key={spending.reward} reward={spending.reward} limits={spending.limits} write={write} />
      )}
    </Dialog>
  );
}

function SpendForm(props: { reward: string; limits: SpendLimits; write: (amount: number) => string }): ReactNode {
  const { reward, limits, write } = props;
  const say = useSay();
  const actions = useActions();
  const applied = useTill((state) => state.sale.redeem.find((choice) => choice.reward === reward)?.points);
  const [typed, setTyped] = useState(String(withinLimits(applied ?? limits.most, limits)));
  const amount = spendFromTyped(typed, limits);
  const step = (by: number): void => setTyped(String(withinLimits((amount ?? 0) + by, limits)));
  return (
    <div className="spend">
      <div className="spend-steps">
        <Stepper
          label={say('spend.amount')}
          value={write(amount ?? 0)}
          lessLabel={say('spend.less')}
          moreLabel={say('spend.more')}
          canLess={(amount ?? 0) > limits.step}
          canMore={(amount ?? 0) + limits.step <= limits.most}
          onLess={() => step(-limits.step)}
          onMore={() => step(limits.step)}
        />
        <Button onPress={() => setTyped(String(withinLimits(limits.most, limits)))}>
          <Text id="spend.most" values={{ most: write(withinLimits(limits.most, limits)) }} />
        </Button>
        {applied === undefined ? null : (
          <Button
            kind="danger"
            onPress={() => {
              actions.removeReward(reward);
              actions.closeDialog();
            }}
          >
            <Text id="spend.remove" />
          </Button>
        )}
      </div>
      <KeyedField
        label={say('spend.amount')}
        keypadLabel={say('keypad.label')}
        deleteLabel={say('keypad.delete')}
        value={typed}
        error={
          amount === undefined ? say('spend.wrong', { step: write(limits.step), most: write(limits.most) }) : undefined
        }
        onChange={(text) => setTyped(text.replaceAll(/\D/g, ''))}
        onSubmit={() => {
          if (amount === undefined) return;
          actions.applyReward(reward, amount);
          actions.closeDialog();
        }}
        submit={
          <Button kind="primary" size="large" type="submit" wide disabled={amount === undefined}>
            <Text id="spend.submit" values={{ amount: write(amount ?? 0) }} />
          </Button>
        }
      />
    </div>
  );
}
