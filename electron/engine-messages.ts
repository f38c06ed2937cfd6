/** What main and the engine process say to each other. Ports to screens travel beside `connect`. */
import { z } from 'zod';
import { tillConfigSchema } from '../till/hosts/till-config.ts';

export const openEngineSchema = z.strictObject({
  dataFolder: z.string().min(1),
  migrationsFolder: z.string().min(1),
  /** The program of the long look at the ledger. */
  checkProgram: z.string().min(1),
  /** 32 bytes, base64url: what the till's keys are sealed with. Travels here only, never in arguments, environment or a log. Null: not sealed. */
  sealingKey: z.string().length(43).nullable(),
  config: tillConfigSchema,
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
  /** Something does not work that people can do something about: the engine cannot open, and exits; or a port of its is taken. */
  z.strictObject({ type: z.literal('trouble'), code: z.string(), message: z.string() }),
]);
export type FromEngine = z.infer<typeof fromEngineSchema>;
