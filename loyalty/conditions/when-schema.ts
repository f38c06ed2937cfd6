import { z } from 'zod';
import type { StoreId } from '../../base/ids.ts';
import { clockField, dateField, idField, minorField, nameField, someOf } from '../programme/fields.ts';
import { CHANNELS } from '../roles.ts';

/** The conditions of a rule or reward as a document writes them (programme.md, "Earn rule"). */

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const whenSchema = z
  .strictObject({
    weekdays: someOf(z.enum(WEEKDAYS)).optional(),
    between: z
      .tuple([clockField(), clockField(true)])
      .refine(([start, end]) => start !== end, 'must be two different times')
      .optional(),
    from: dateField().optional(),
    until: dateField().optional(),
    tier: someOf(nameField()).optional(),
    membership: someOf(nameField()).optional(),
    club: someOf(nameField()).optional(),
    segment: someOf(nameField()).optional(),
    birthday: z.enum(['day', 'month']).optional(),
    firstSale: z.literal(true).optional(),
    channel: someOf(z.enum(CHANNELS)).optional(),
    store: someOf(idField<StoreId>()).optional(),
    minSpend: minorField(0).optional(),
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
    path: ['until'],
    message: 'must not be before from',
  });
export type When = z.output<typeof whenSchema>;
