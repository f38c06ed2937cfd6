/** What main and the engine process say to each other. Ports to screens travel beside `connect`. */
import { z } from 'zod';

export const openEngineSchema = z.strictObject({
  dataFolder: z.string().min(1),
  migrationsFolder: z.string().min(1),
  /** 32 bytes, base64url: what the till's keys are sealed with. Travels here only, never in arguments, environment or a log. Null: not sealed. */
  sealingKey: z.string().length(43).nullable(),
  /** The engine's part of till.json, parsed by the engine. */
  config: z.record(z.string(), z.unknown()),
});
export type OpenEngineOptions = z.infer<typeof openEngineSchema>;

export const toEngineSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open'), options: openEngineSchema }),
  z.strictObject({ type: z.literal('connect') }),
  z.strictObject({ type: z.literal('close') }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;

export const fromEngineSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('opened') }),
  /** The engine cannot open, for a reason that people can do something about. It exits afterwards. */
  z.strictObject({ type: z.literal('refused'), code: z.string(), message: z.string() }),
]);
export type FromEngine = z.infer<typeof fromEngineSchema>;
