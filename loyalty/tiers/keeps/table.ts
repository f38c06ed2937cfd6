import { z } from 'zod';
import { someTimeField } from '../../programme/fields.ts';
import { durationKeep } from './duration.ts';
import type { Keep } from './keep.ts';
import { yearEnd } from './year-end.ts';

/** The one place where ways to keep a level are registered. */
export const keepSchema = z.union(
  [z.enum(['year-end', 'next-year-end']), someTimeField()],
  'must be year-end, next-year-end or a duration like P12M',
);
export type KeepName = z.output<typeof keepSchema>;

/** Without one a level has no end (fine print 16). */
export function keepOf(name: KeepName | undefined): Keep {
  switch (name) {
    case undefined:
      return () => null;
    case 'year-end':
      return yearEnd(0);
    case 'next-year-end':
      return yearEnd(1);
    default:
      return durationKeep(name);
  }
}
