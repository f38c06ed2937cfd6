import { Button as BaseButton } from '@base-ui/react/button';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import './button.css';

export type ButtonProps = {
  children?: ReactNode;
  /** `danger`: it takes something away. One `primary` to a screen. */
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  /** `large` is 64 px high, for what a screen is there for. */
  size?: 'medium' | 'large';
  icon?: LucideIcon;
  /** The accessible name where there is no text, or where the text says too little. */
  label?: string;
  /** The key that does the same, shown small. */
  keyHint?: string;
  wide?: boolean;
  /** Stays focusable, so that the focus is not lost while something runs. */
  disabled?: boolean;
  pressed?: boolean;
  className?: string;
  type?: 'button' | 'submit';
  ref?: Ref<HTMLElement>;
  onPress?: () => void;
};

export function Button({ ref, ...props }: ButtonProps): ReactNode {
  const { kind = 'secondary', size = 'medium', icon: Icon, type = 'button' } = props;
  return (
    <BaseButton
      ref={ref ?? null}
      type={type}
      className={`button button-${kind} button-${size} ${props.wide === true ? 'button-wide' : ''} ${props.className ?? ''}`}
      disabled={props.disabled === true}
      focusableWhenDisabled
      aria-label={props.children === undefined ? undefined : props.label}
      aria-pressed={props.pressed}
      aria-keyshortcuts={props.keyHint}
      onClick={() => props.onPress?.()}
    >
      {Icon === undefined ? null : <Icon size={size === 'large' ? 24 : 20} aria-hidden />}
      {props.children === undefined && props.label !== undefined ? (
        <span className="visually-hidden">{props.label}</span>
      ) : null}
      {props.children === undefined ? null : <span className="button-text">{props.children}</span>}
      {props.keyHint === undefined ? null : (
        <kbd className="key-hint" aria-hidden>
          {props.keyHint}
        </kbd>
      )}
    </BaseButton>
  );
}
