import { Minus, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import './stepper.css';

export type StepperProps = {
  /** The accessible name of the group. */
  label: string;
  value: string;
  lessLabel: string;
  moreLabel: string;
  /** What pressing the value does. */
  valueLabel: string;
  canLess: boolean;
  canMore: boolean;
  onLess: () => void;
  onMore: () => void;
  onValue: () => void;
};

/** − value +; pressing the value opens a keypad. Both buttons stay where they are whatever the value is. */
export function Stepper(props: StepperProps): ReactNode {
  return (
    <fieldset className="stepper" aria-label={props.label}>
      <button
        type="button"
        className="stepper-button"
        aria-label={props.lessLabel}
        aria-disabled={!props.canLess}
        onClick={() => (props.canLess ? props.onLess() : undefined)}
      >
        <Minus size={20} aria-hidden />
      </button>
      <button type="button" className="stepper-value" aria-label={props.valueLabel} onClick={props.onValue}>
        {props.value}
      </button>
      <button
        type="button"
        className="stepper-button"
        aria-label={props.moreLabel}
        aria-disabled={!props.canMore}
        onClick={() => (props.canMore ? props.onMore() : undefined)}
      >
        <Plus size={20} aria-hidden />
      </button>
    </fieldset>
  );
}
