/**
 * `till.json` in a till's data folder: what a shop sets of it. Both hosts read it. A missing file means the defaults; a wrong one is refused
 * with a sentence, so that a till never runs with half of what was meant.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { DISK_LIMITS, type DiskLimits } from '../store/disk-guard.ts';

export const TILL_CONFIG_FILE = 'till.json';

const MB = 1_048_576;
const megabytes = z.int().min(1).max(1_000_000);
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
  backup: z
    .strictObject({
      /** A folder on a second disk: a copy of the ledger is kept there, made anew every hour. Null: none. */
      folder: z.string().min(1).max(1_024).nullable().default(null),
    })
    .prefault({}),
  /** Room on the disk, in MB: see till/store/disk-guard.ts. */
  disk: z
    .strictObject({
      warn: megabytes.default(DISK_LIMITS.warn / MB),
      extras: megabytes.default(DISK_LIMITS.extras / MB),
      ballast: megabytes.default(DISK_LIMITS.ballast / MB),
      least: megabytes.default(DISK_LIMITS.least / MB),
    })
    .refine(
      ({ warn, extras, least }) => least < extras && extras <= warn,
      'least must be below extras, and extras not above warn',
    )
    .prefault({}),
  window: z
    .strictObject({
      /** The whole screen, and no way to leave it. */
      kiosk: z.boolean().default(false),
    })
    .prefault({}),
});
export type TillConfig = z.infer<typeof tillConfigSchema>;

/** In bytes. */
export function diskLimits({ disk: { warn, extras, ballast, least } }: TillConfig): DiskLimits {
  return { warn: warn * MB, extras: extras * MB, ballast: ballast * MB, least: least * MB };
}

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
