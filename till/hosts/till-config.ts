/**
 * `till.json` in a till's data folder: what a shop sets of it. Both hosts read it. A missing file means the defaults; a wrong one is refused
 * with a sentence, so that a till never runs with half of what was meant.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';

export const TILL_CONFIG_FILE = 'till.json';

const port = z.int().min(1).max(65_535);

export const tillConfigSchema = z.strictObject({
  /** The engine parses its part itself (till/app/engine-config.ts). */
  engine: z.record(z.string(), z.unknown()).default({}),
  posApi: z
    .strictObject({
      /** On loopback. Two tills on one computer need two. */
      port: port.default(4720),
    })
    .prefault({}),
  browser: z
    .strictObject({
      /** Of the screen, where it is shown in a browser instead of the desktop app. On loopback. */
      port: port.default(4710),
    })
    .prefault({}),
  window: z
    .strictObject({
      /** The whole screen, and no way to leave it. */
      kiosk: z.boolean().default(false),
    })
    .prefault({}),
});
export type TillConfig = z.infer<typeof tillConfigSchema>;

export function readTillConfig(dataFolder: string): Result<TillConfig, Refusal<'invalid-config'>> {
  const file = path.join(dataFolder, TILL_CONFIG_FILE);
  const parsed = tillConfigSchema.safeParse(contentOf(file));
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const field = (issue?.path ?? []).map(String).join('.');
  return refused(
    'invalid-config',
    `${file} is not valid: ${field === '' ? '' : `${field}: `}${issue?.message ?? 'wrong shape'}.`,
    field,
  );
}

/** The parsed file; an empty object where there is none; undefined, which no schema takes, where it is not JSON. */
function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
}
