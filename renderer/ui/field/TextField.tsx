import { Field } from '@base-ui/react/field';
import type { ReactNode, Ref } from 'react';
import './text-field.css';

export type TextFieldProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  description?: string;
  /** A sentence; its presence marks the field as wrong. */
  error?: string | undefined;
  /** Shown after the label where a field may stay empty. */
  optionalWord?: string;
  type?: 'text' | 'tel' | 'email' | 'url' | 'search' | 'password';
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'url' | 'none';
  autoComplete?: string;
  maxLength?: number;
  placeholder?: string;
  disabled?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  /** Where a dialog's focus starts. */
  initialFocus?: boolean;
};

export function TextField(props: TextFieldProps): ReactNode {
  return (
    <Field.Root className="text-field" invalid={props.error !== undefined} disabled={props.disabled === true}>
      <Field.Label className="text-field-label">
        {props.label}
        {props.optionalWord === undefined ? null : <span className="text-field-optional">{props.optionalWord}</span>}
      </Field.Label>
      <Field.Control
        ref={props.inputRef ?? null}
        className="text-field-input"
        type={props.type ?? 'text'}
        inputMode={props.inputMode}
        autoComplete={props.autoComplete ?? 'off'}
        autoCapitalize="off"
        spellCheck={false}
        maxLength={props.maxLength}
        placeholder={props.placeholder}
        value={props.value}
        data-initial-focus={props.initialFocus === true ? '' : undefined}
        onValueChange={(value) => props.onChange(value)}
      />
      {props.description === undefined ? null : (
        <Field.Description className="text-field-description">{props.description}</Field.Description>
      )}
      <Field.Error className="text-field-error" match={props.error !== undefined}>
        {props.error}
      </Field.Error>
    </Field.Root>
  );
}
