/** Where the till stands: enrolled, online, what waits, devices, and what somebody should do. */
import { z } from 'zod';

const connection = z.discriminatedUnion('state', [
  z.object({ state: z.literal('online') }),
  z.object({ state: z.literal('connecting') }),
  /** `since`: last contact, null where there was none; `reason`: a sentence. */
  z.object({ state: z.literal('offline'), since: z.int().nullable(), reason: z.string() }),
]);

const printerStatus = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['virtual', 'tcp', 'file']),
  state: z.enum(['ready', 'unknown', 'failing']),
  /** A sentence with the next step where it is failing. */
  message: z.string().nullable(),
  waitingJobs: z.int(),
});

export const tillStatus = z.object({
  enrolled: z
    .object({ org: z.string(), store: z.string(), till: z.string(), headOffice: z.string(), receiptPrefix: z.string() })
    .nullable(),
  connection,
  /** Own entries that head office has not confirmed. */
  waiting: z.object({ entries: z.int(), oldest: z.int().nullable() }),
  printer: printerStatus,
  locale: z.string(),
  timeZone: z.string(),
  /** Null until the first programme has come. */
  programme: z
    .object({
      id: z.string(),
      version: z.int(),
      currency: z.string(),
      minorDigits: z.int(),
      wallets: z.array(z.object({ wallet: z.string(), name: z.string(), kind: z.enum(['points', 'stamps', 'money']) })),
    })
    .nullable(),
  businessDate: z.string(),
  ledger: z.object({
    /** Why points cannot be spent here until the till is enrolled again; null: they can. */
    stop: z.enum(['copied', 'restored', 'damaged', 'fenced']).nullable(),
    /** Entries that were written here and that no file of the till holds any more. */
    missing: z.array(z.object({ first: z.int(), last: z.int() })),
  }),
  /** Null where nobody watches it. `tight`: nothing is written that can wait; `full`: nothing can be sold. */
  disk: z.object({ level: z.enum(['roomy', 'low', 'tight', 'ballast-gone', 'full']), freeBytes: z.int() }).nullable(),
  /** Example card numbers, where the data are the shipped example. */
  exampleCards: z.array(z.object({ card: z.string(), label: z.string() })),
  /** Why this till has to enrol again with a new code of head office; it sells on, and redeems nothing. Null: it has not. */
  enrolAgain: z
    .enum(['fenced', 'forked', 'twin', 'broken', 'restored', 'copied', 'damaged', 'refused'])
    .nullable()
    .optional(),
  /** Sentences for the people at the till: a `warning` wants something done, a `note` is how this till is set up. */
  warnings: z.array(z.object({ code: z.string(), severity: z.enum(['warning', 'note']), message: z.string() })),
});
export type TillStatus = z.infer<typeof tillStatus>;
