/** The frames on both transports. Anything else is answered with `invalid-request` where it has an id, and otherwise dropped and logged. */
import { z } from 'zod';

export const MESSAGE_BYTES_MAX = 1_048_576;

export const callMessageSchema = z.strictObject({
  type: z.literal('call'),
  id: z.int().min(0),
  name: z.string().min(1).max(64),
  input: z.unknown(),
});
export type CallMessage = z.infer<typeof callMessageSchema>;

export const refusalSchema = z.object({
  code: z.string().min(1),
  message: z.string(),
  path: z.string().optional(),
});

/** Not by `type` alone: an answer is one of two shapes. */
export const engineMessageSchema = z.union([
  z.object({ type: z.literal('answer'), id: z.int(), ok: z.literal(true), value: z.unknown() }),
  z.object({ type: z.literal('answer'), id: z.int(), ok: z.literal(false), error: refusalSchema }),
  z.object({ type: z.literal('event'), name: z.string(), payload: z.unknown() }),
]);
export type EngineMessage = z.infer<typeof engineMessageSchema>;
