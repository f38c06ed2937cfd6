import { z } from 'zod';
import {
  type BusinessDate,
  type DateDuration,
  isZeroDuration,
  parseBusinessDate,
  parseDateDuration,
} from '../../base/business-date.ts';
import { parseDecimal } from '../../base/decimal.ts';
import type { Brand } from '../../base/ids.ts';
import { type Minor, minor, type Points, points } from '../../base/numbers.ts';
import { compare, type Rational, rational, ZERO } from '../../base/rational.ts';

/** The kinds of field that the parts of a programme are made of, each with the type that the rest of the code works in. */

/** No single number of a programme is larger; sums of them stay exact. */
const PROGRAMME_AMOUNT_MAX = 1_000_000_000_000;
const ID_CHARS_MAX = 64;
const LIST_ITEMS_MAX = 10_000;

/** Any short text but the few words (`constructor`, `__proto__`) that every object answers to: ids become keys of JSON objects. */
export function idField<Id extends Brand<string, string>>() {
  return nameField()
    .refine((text) => !(text in {}), 'is a reserved word')
    .transform((text) => text as Id); // checked just above
}

/** A short text that people or other systems chose: a sku, category, tag, segment. */
export function nameField() {
  return z
    .string()
    .min(1, 'must not be empty')
    .max(ID_CHARS_MAX, `must have at most ${ID_CHARS_MAX} characters`)
    .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters');
}

export function wholeNumber(least: number, most: number = PROGRAMME_AMOUNT_MAX) {
  return z.int('must be a whole number').min(least, `must be at least ${least}`).max(most, `must be at most ${most}`);
}

export function pointsField(least: number) {
  return wholeNumber(least).transform((value): Points => points(value));
}

export function minorField(least: number) {
  return wholeNumber(least).transform((value): Minor => minor(value));
}

/** A decimal string or number with at most 4 decimals, read once, here, into an exact fraction. */
export function decimalField(range: {
  readonly above?: Rational;
  readonly least?: Rational;
  readonly most?: Rational;
}) {
  return z.union([z.string(), z.number()], 'must be a decimal').transform((written, context): Rational => {
    const value = parseDecimal(String(written));
    const problem = value === undefined ? 'must be a decimal with at most 4 decimals' : outside(value, range);
    if (problem !== undefined) context.issues.push({ code: 'custom', message: problem, input: written });
    return value ?? ZERO;
  });
}

/** Above 0 and at most 100. */
export function percentField() {
  return decimalField({ above: ZERO, most: rational(100) });
}

export function dateField() {
  return z.string().transform((text, context): BusinessDate => {
    const date = parseBusinessDate(text);
    if (date !== undefined) return date;
    context.issues.push({ code: 'custom', message: 'must be a date like 2026-03-31', input: text });
    return z.NEVER;
  });
}

export function durationField() {
  return z.string().transform((text, context): DateDuration => {
    const duration = parseDateDuration(text);
    if (duration !== undefined) return duration;
    context.issues.push({ code: 'custom', message: 'must be a duration like P12M or P30D', input: text });
    return z.NEVER;
  });
}

/** A duration in which something can happen: no `P0D`. */
export function someTimeField() {
  return durationField().refine((duration) => !isZeroDuration(duration), 'must not be a duration of nothing');
}

/** `15:00` as minutes since midnight; with `midnightAtEnd` also `24:00`. */
export function clockField(midnightAtEnd = false) {
  const form = midnightAtEnd ? /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/ : /^(?:[01]\d|2[0-3]):[0-5]\d$/;
  return z
    .string()
    .regex(form, 'must be a time like 15:00')
    .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
}

/** A list that names at least one thing: an empty one would silently match nothing (programme.md, "The rest"). */
export function someOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .min(1, 'must not be empty: leave it out instead')
    .max(LIST_ITEMS_MAX, `must have at most ${LIST_ITEMS_MAX} entries`)
    .transform((items): ReadonlySet<z.output<Item>> => new Set(items));
}

function outside(
  value: Rational,
  { above, least, most }: { readonly above?: Rational; readonly least?: Rational; readonly most?: Rational },
): string | undefined {
  if (above !== undefined && compare(value, above) <= 0) return `must be above ${above.numerator}`;
  if (least !== undefined && compare(value, least) < 0) return `must be at least ${least.numerator}`;
  if (most !== undefined && compare(value, most) > 0) return `must be at most ${most.numerator}`;
  return undefined;
}
