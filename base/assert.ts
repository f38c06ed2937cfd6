/** A broken assertion is a bug of ours: it reaches the crash handler and stops writes. Never use it for outside input. */
export class AssertionFailed extends Error {
  override readonly name = 'AssertionFailed';
}

export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AssertionFailed(message);
}

/** The value, where its absence would be a bug of ours. */
export function present<Value>(value: Value | undefined | null, message: string): Value {
  if (value === undefined || value === null) throw new AssertionFailed(message);
  return value;
}
