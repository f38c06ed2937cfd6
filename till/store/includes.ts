/** Up to which of this till's own entries, by incarnation, a row of head office includes. */
import { z } from 'zod';
import type { IncarnationId } from '../../base/ids.ts';

export type Includes = ReadonlyMap<IncarnationId, number>;

export const NOTHING_INCLUDED: Includes = new Map();

const schema = z.array(z.tuple([z.string() as unknown as z.ZodType<IncarnationId>, z.int()])); // our own column

export function parseIncludes(text: string | undefined): Includes {
  return text === undefined ? NOTHING_INCLUDED : new Map(schema.parse(JSON.parse(text)));
}

/** A stream's entries of this till that head office keeps apart, from a seq on: the same numbers in the stream itself are another till's entries. */
export type Branch = {
  readonly inc: IncarnationId;
  readonly from: number;
  /** Under which head office may have them. */
  readonly ids: readonly IncarnationId[];
};

/** The same with the branches of this till as what they are here: the later part of their streams. */
export function includesHere(text: string | undefined, branches: readonly Branch[]): Includes {
  const includes = parseIncludes(text);
  if (branches.length === 0) return includes;
  const here = new Map(includes);
  for (const { inc, from, ids } of branches) {
    const common = Math.min(includes.get(inc) ?? 0, from - 1);
    here.set(inc, Math.max(common, ...ids.map((id) => includes.get(id) ?? 0)));
  }
  return here;
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
