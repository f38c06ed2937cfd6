import { Minus, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import './stepper.css';

export type StepperProps = {
  /** The accessible name of the group. */
  label: string;
  value: string;
  lessLabel: string;
  moreLabel: string;
  canLess: boolean;
  canMore: boolean;
  onLess: () => void;
  onMore: () => void;
};

/** − value +. Both buttons stay where they are, and keep the focus, whatever the value is. */
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
      <output className="stepper-value">{props.value}</output>
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
