/**
 * Expected outcomes are values, bugs are exceptions. A refusal that a cashier can meet is a `Refused` with a stable code and
 * a sentence; what can only happen through a mistake of ours throws.
 */
export type Result<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Failure };

export type Refusal<Code extends string = string> = {
  readonly code: Code;
  /** A sentence for the person at the till, in English; screens translate by code. */
  readonly message: string;
  /** Path to the wrong field of an invalid document or request, e.g. `earn.0.amount.every`. */
  readonly path?: string;
};

export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function failed<Failure>(error: Failure): { readonly ok: false; readonly error: Failure } {
  return { ok: false, error };
}

export function refused<Code extends string>(
  code: Code,
  message: string,
  path?: string,
): { readonly ok: false; readonly error: Refusal<Code> } {
  return { ok: false, error: path === undefined ? { code, message } : { code, message, path } };
}
