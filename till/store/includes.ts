/** Up to which of this till's own entries, by incarnation, a row of head office includes. */
import { z } from 'zod';
import type { IncarnationId } from '../../base/ids.ts';

export type Includes = ReadonlyMap<IncarnationId, number>;

export const NOTHING_INCLUDED: Includes = new Map();

const schema = z.array(z.tuple([z.string() as unknown as z.ZodType<IncarnationId>, z.int()])); // our own column

export function parseIncludes(text: string | undefined): Includes {
  return text === undefined ? NOTHING_INCLUDED : new Map(schema.parse(JSON.parse(text)));
}

export function encodeIncludes(includes: readonly { readonly inc: IncarnationId; readonly seq: number }[]): string {
  return JSON.stringify(includes.map(({ inc, seq }) => [inc, seq]));
}

export function isIncluded(
  includes: Includes,
  { inc, seq }: { readonly inc: IncarnationId; readonly seq: number },
): boolean {
  return seq <= (includes.get(inc) ?? 0);
}
