import { fraction, type Rational } from '../../../base/rational.ts';

/** A parsed part of a programme as plain JSON: sets as lists, exact fractions as text; what is absent is left out. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [field: string]: Plain };

export function plain(value: unknown): Plain {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (value instanceof Set) return [...value].map(plain);
  if (Array.isArray(value)) return value.map(plain);
  if (isRational(value)) return fraction(value);
  if (typeof value !== 'object') throw new Error(`no plain part of a programme: ${typeof value}`);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [name, plain(field)]));
}

function isRational(value: unknown): value is Rational {
  return typeof value === 'object' && value !== null && 'numerator' in value && 'denominator' in value;
}

/** The innermost fields in which two parts differ. Undefined: absent. Lists of plain values are compared whole. */
export function fieldsThatDiffer(
  before: Plain | undefined,
  after: Plain | undefined,
  path: readonly string[] = [],
): readonly {
  readonly path: readonly string[];
  readonly before: Plain | undefined;
  readonly after: Plain | undefined;
}[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isRecord(before) || !isRecord(after)) return [{ path, before, after }];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => fieldsThatDiffer(before[name], after[name], [...path, name]));
}

function isRecord(value: Plain | undefined): value is { readonly [field: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
