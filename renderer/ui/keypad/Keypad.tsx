import { Delete } from 'lucide-react';
import type { ReactNode } from 'react';
import './keypad.css';

export type KeypadProps = {
  label: string;
  /** The decimal sign of the locale; without it there is no such key. */
  decimalSign?: string | undefined;
  deleteLabel: string;
  onKey: (key: string) => void;
  onDelete: () => void;
};

const DOUBLE_ZERO = '00';
const DIGITS = ['7', '8', '9', '4', '5', '6', '1', '2', '3'] as const;

/** Large digits for touch; whoever has a keyboard types into the field above it. */
export function Keypad(props: KeypadProps): ReactNode {
  return (
    <fieldset className="keypad" aria-label={props.label}>
      {DIGITS.map((digit) => (
        <KeypadKey key={digit} onPress={() => props.onKey(digit)}>
          {digit}
        </KeypadKey>
      ))}
      {props.decimalSign === undefined ? (
        <KeypadKey onPress={() => props.onKey(DOUBLE_ZERO)}>{DOUBLE_ZERO}</KeypadKey>
      ) : (
        <KeypadKey onPress={() => props.onKey(props.decimalSign ?? '')}>{props.decimalSign}</KeypadKey>
      )}
      <KeypadKey onPress={() => props.onKey('0')}>{'0'}</KeypadKey>
      <KeypadKey label={props.deleteLabel} onPress={props.onDelete}>
        <Delete size={24} aria-hidden />
      </KeypadKey>
    </fieldset>
  );
}

function KeypadKey(props: { label?: string; onPress: () => void; children: ReactNode }): ReactNode {
  return (
    <button type="button" className="keypad-key" aria-label={props.label} onClick={props.onPress}>
      {props.children}
    </button>
  );
}
