/** A till asks whether there is anything new and head office answers when there is, or after a while that there is not: a long poll. */
import { z } from 'zod';
import type { EpochId } from './versions.ts';

/** Shorter than any till, proxy or load balancer waits in silence. */
export const WAKE_HOLD_MS = 10_000;

export const wakeQuerySchema = z.strictObject({
  /** Where the till stands in the feed. */
  after: z.coerce.number().int().min(0),
  epoch: z.string().max(128).optional(),
});

export const wakeAnswerSchema = z.object({
  epoch: z.string().min(1) as unknown as z.ZodType<EpochId>, // an id of our own making
  /** The newest in the feed; greater than `after`, or of another epoch: there is something to fetch. */
  position: z.int().min(0),
});
export type WakeAnswer = z.infer<typeof wakeAnswerSchema>;
