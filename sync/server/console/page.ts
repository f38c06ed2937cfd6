import type { z } from 'zod';
import type { pageQuerySchema } from '../../protocol/console.ts';

export type PageQuery = z.output<typeof pageQuerySchema>;

/** A cursor is the number of the last row shown; one that is no number begins anew. */
export function cursorNumber(cursor: string | undefined): number | undefined {
  return cursor !== undefined && /^\d{1,15}$/.test(cursor) ? Number(cursor) : undefined;
}

/** `rows` were asked for with one more than the limit, which says whether there is a next page. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  number: (row: Row) => number,
): { rows: readonly Row[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last !== undefined ? String(number(last)) : null };
}
