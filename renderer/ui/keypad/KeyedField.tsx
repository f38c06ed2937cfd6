import type { FormEvent, ReactNode } from 'react';
import { TextField } from '../field/TextField.tsx';
import { Keypad } from './Keypad.tsx';

export type KeyedFieldProps = {
  label: string;
  keypadLabel: string;
  deleteLabel: string;
  decimalSign?: string | undefined;
  value: string;
  placeholder?: string;
  error?: string | undefined;
  description?: string;
  onChange: (value: string) => void;
  onSubmit: () => void;
  /** A button of type submit. */
  submit: ReactNode;
};

/** A field that is typed into or tapped into: its keypad writes at the end. Enter submits. */
export function KeyedField(props: KeyedFieldProps): ReactNode {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <form className="keyed-field" onSubmit={submit}>
      <TextField
        label={props.label}
        value={props.value}
        inputMode="none"
        initialFocus
        error={props.error}
        {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
        {...(props.description === undefined ? {} : { description: props.description })}
        onChange={props.onChange}
      />
      <Keypad
        label={props.keypadLabel}
        deleteLabel={props.deleteLabel}
        decimalSign={props.decimalSign}
        onKey={(key) => props.onChange(props.value + key)}
        onDelete={() => props.onChange(withoutLastDigit(props.value))}
      />
      {props.submit}
    </form>
  );
}

/** A money field may end in a currency sign: the last digit or decimal sign goes, whatever stands behind it. */
function withoutLastDigit(value: string): string {
  return value.replace(/[\d.,](?=[^\d.,]*$)/, '');
}
