import { z } from 'zod';
import { nameField, someOf, someTimeField, wholeNumber } from '../programme/fields.ts';
import type { FrequentLookup } from './frequent.ts';

/** Which lines of a sale a rule, reward or count looks at: all that is given must hold; without any, every line. */
export const lineFilterSchema = z.strictObject({
  sku: someOf(nameField()).optional(),
  category: someOf(nameField()).optional(),
  notSku: someOf(nameField()).optional(),
  notCategory: someOf(nameField()).optional(),
  tag: someOf(nameField()).optional(),
  frequent: z.strictObject({ times: wholeNumber(1), within: someTimeField() }).optional(),
});
export type LineFilter = z.output<typeof lineFilterSchema>;

export type FilteredLine = {
  readonly sku: string;
  readonly category?: string | undefined;
  readonly tags: readonly string[];
};

export function lineMatches(filter: LineFilter | undefined, line: FilteredLine, isFrequent: FrequentLookup): boolean {
  if (filter === undefined) return true;
  const { sku, category, notSku, notCategory, tag, frequent } = filter;
  if (sku !== undefined && !sku.has(line.sku)) return false;
  if (category !== undefined && (line.category === undefined || !category.has(line.category))) return false;
  if (notSku?.has(line.sku) === true) return false;
  if (line.category !== undefined && notCategory?.has(line.category) === true) return false;
  if (tag !== undefined && !line.tags.some((name) => tag.has(name))) return false;
  return frequent === undefined || isFrequent(frequent, line.sku);
}

/** All of them where the filter is absent. */
export function linesMatching<Line extends FilteredLine>(
  filter: LineFilter | undefined,
  lines: readonly Line[],
  isFrequent: FrequentLookup,
): readonly Line[] {
  return filter === undefined ? lines : lines.filter((line) => lineMatches(filter, line, isFrequent));
}
