import { z } from 'zod';
import { printerConfigSchema } from '../../hardware/printer/printer-config.ts';
import { ASK_MS_MAX } from '../../sync/client/allowances.ts';

/** What a shop sets of its till; everything has a default that works. */
export const engineConfigSchema = z.strictObject({
  printer: printerConfigSchema.prefault({ kind: 'virtual', id: 'screen' }),
  /** Digits that a phone number without country code is read in. */
  countryCode: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .default('49'),
  /** How often head office is asked for changed rows where it does not tell of them by itself, ms. */
  pullEveryMs: z.int().min(100).max(3_600_000).default(15_000),
  /** Head office tells of news at once. */
  live: z.boolean().default(true),
  /** How long a customer waits where head office is asked for more than may be spent here, ms. */
  askMsMax: z.int().min(100).max(600_000).default(ASK_MS_MAX),
  /** Shown at the start screen of the shipped example. */
  exampleCards: z
    .array(z.strictObject({ card: z.string(), label: z.string() }))
    .max(20)
    .default([]),
});
export type EngineConfig = z.infer<typeof engineConfigSchema>;
