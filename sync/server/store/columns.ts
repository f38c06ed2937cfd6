/**
 * Many rows as one parameter for each column: their values in one text, cut at a character that none of them holds. As array literals every
 * quote of their JSON would be escaped, and the server's parser of those took half of the time of a large statement.
 */
import { assert } from '../../../base/assert.ts';

/** ASCII's record separator; see `isStorable` (push/envelope.ts), which keeps it out of every entry, and so out of what is made of entries. */
export const CUT = '\u001e';

/**
 * For `string_to_array(column, CUT)`, or `string_to_array(column, CUT, '')` where null is among the values: it travels as ''. A single ''
 * makes an array of nothing, which `unnest` beside a longer one fills with null: a column that may be '' is read with `coalesce`.
 */
export function column<Row>(rows: readonly Row[], valueOf: (row: Row) => string | number | null): string {
  const text = rows.map((row) => valueOf(row) ?? '').join(CUT);
  assert(separatorsIn(text) === Math.max(0, rows.length - 1), 'a value holds the character that columns are cut at');
  return text;
}

function separatorsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf(CUT); at !== -1; at = text.indexOf(CUT, at + 1)) count += 1;
  return count;
}
