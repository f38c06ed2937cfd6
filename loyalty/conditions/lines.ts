import { z } from 'zod';
import { assert } from '../../base/assert.ts';
import { durationField, nameField, someOf, wholeNumber } from '../programme/fields.ts';

/** Which lines of a sale a rule, reward or count looks at: all that is given must hold; without any, every line. */
export const lineFilterSchema = z.strictObject({
  sku: someOf(nameField()).optional(),
  category: someOf(nameField()).optional(),
  notSku: someOf(nameField()).optional(),
  notCategory: someOf(nameField()).optional(),
  tag: someOf(nameField()).optional(),
  frequent: z.strictObject({ times: wholeNumber(1), within: durationField() }).optional(),
});
export type LineFilter = z.output<typeof lineFilterSchema>;

export type FilteredLine = {
  readonly sku: string;
  readonly category?: string | undefined;
  readonly tags: readonly string[];
};

export function lineMatches(filter: LineFilter | undefined, line: FilteredLine): boolean {
  if (filter === undefined) return true;
  assert(filter.frequent === undefined, 'lines.frequent is not built: findUnbuilt refuses such a programme');
  const { sku, category, notSku, notCategory, tag } = filter;
  if (sku !== undefined && !sku.has(line.sku)) return false;
  if (category !== undefined && (line.category === undefined || !category.has(line.category))) return false;
  if (notSku?.has(line.sku) === true) return false;
  if (line.category !== undefined && notCategory?.has(line.category) === true) return false;
  return tag === undefined || line.tags.some((name) => tag.has(name));
}
