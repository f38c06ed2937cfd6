import { compare, type Rational } from '../../base/rational.ts';
import { failed, ok, type Refusal, type Result } from '../../base/result.ts';
import { refusal } from '../refusals.ts';
import { parseQuantity } from '../sale/price.ts';
import type { Returned, SaleRecord } from '../sale/record.ts';
import { recordedQuantity } from './quantity.ts';
import { remaining } from './remaining.ts';
import type { RefundRequest } from './request.ts';

/** What a refund asks for, and what refuses it, in the order of fine print 41: each reason over all lines before the next. */

export type RefundRefusal = Refusal<'invalid-request' | 'already-refunded' | 'bad-quantity'>;
export type AskedLine = { readonly line: number; readonly quantity: Rational };

/** In the order of the sale; every quantity above 0 and at most what is left. */
export function askedLines(
  record: SaleRecord,
  returned: Returned,
  request: RefundRequest,
): Result<readonly AskedLine[], RefundRefusal> {
  const invalid = 'lines' in request ? invalidLines(record, request.lines) : undefined;
  if (invalid !== undefined) return failed(invalid);
  const left = remaining(record, returned).map(({ quantity }) => quantity);
  if (left.every((quantity) => quantity === '0')) return failed(refusal('already-refunded'));
  if ('lines' in request) return namedLines(left, request.lines);
  return ok(
    left.flatMap((quantity, line) => (quantity === '0' ? [] : [{ line, quantity: recordedQuantity(quantity) }])),
  );
}

type NamedLine = { readonly line: number; readonly quantity: string };

function invalidLines(record: SaleRecord, lines: readonly NamedLine[]): RefundRefusal | undefined {
  if (lines.length === 0) return refusal('invalid-request', 'A refund names at least one line.', 'lines');
  const seen = new Set<number>();
  for (const [index, { line }] of lines.entries()) {
    const path = `lines.${index}.line`;
    if (record.lines[line] === undefined) return refusal('invalid-request', 'The sale has no such line.', path);
    if (seen.has(line)) return refusal('invalid-request', 'A refund names each line once.', path);
    seen.add(line);
  }
  return undefined;
}

function namedLines(left: readonly string[], lines: readonly NamedLine[]): Result<readonly AskedLine[], RefundRefusal> {
  const gone = lines.findIndex(({ line }) => left[line] === '0');
  if (gone >= 0) {
    return failed(refusal('already-refunded', 'All of this line has been refunded already.', `lines.${gone}.line`));
  }
  const asked: AskedLine[] = [];
  for (const [index, named] of lines.entries()) {
    const most = left[named.line] ?? '0';
    const quantity = parseQuantity(named.quantity);
    if (quantity === undefined || compare(quantity, recordedQuantity(most)) > 0) {
      const sentence = quantity === undefined ? undefined : `Only ${most} is left of this line.`;
      return failed(refusal('bad-quantity', sentence, `lines.${index}.quantity`));
    }
    asked.push({ line: named.line, quantity });
  }
  return ok(asked.toSorted((one, other) => one.line - other.line));
}
