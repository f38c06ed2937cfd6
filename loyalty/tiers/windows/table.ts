import { z } from 'zod';
import { someTimeField } from '../../programme/fields.ts';
import { calendarYear } from './calendar-year.ts';
import { durationWindow } from './duration.ts';
import { lifetime } from './lifetime.ts';
import type { Window } from './window.ts';

/** The one place where windows of a ladder are registered. */
export const windowSchema = z.union(
  [z.enum(['lifetime', 'calendar-year']), someTimeField()],
  'must be lifetime, calendar-year or a duration like P12M',
);
export type WindowName = z.output<typeof windowSchema>;

export function windowOf(name: WindowName): Window {
  switch (name) {
    case 'lifetime':
      return lifetime;
    case 'calendar-year':
      return calendarYear;
    default:
      return durationWindow(name);
  }
}
