/**
 * How this till's window behaves: switches on the command line, then `desktop.json` in the data folder, then the defaults. A file that is
 * wrong is refused with a sentence; the till never starts with half a configuration.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ok, refused, type Refusal, type Result } from '../base/result.ts';

export const CONFIG_FILE = 'desktop.json';

const configSchema = z.strictObject({
  /** The whole screen, no way out but the operator's. */
  kiosk: z.boolean().default(false),
});

export type DesktopConfig = { dataFolder: string; kiosk: boolean };

/** What the command line says; `has` is true for a switch without a value too. */
export type Switches = { has(name: string): boolean; value(name: string): string };

export function readDesktopConfig(switches: Switches, defaultDataFolder: string): Result<DesktopConfig, Refusal<'invalid-config'>> {
  const dataFolder = path.resolve(switches.value('data-folder') || defaultDataFolder);
  const file = path.join(dataFolder, CONFIG_FILE);
  const text = textOf(file);
  const parsed = configSchema.safeParse(text === undefined ? {} : jsonOf(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refused('invalid-config', `${file} is not a valid configuration: ${issue?.message ?? 'unknown'}`, issue?.path.join('.') ?? '');
  }
  return ok({ dataFolder, kiosk: switches.has('kiosk') || parsed.data.kiosk });
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema refuses it in words
  }
}
