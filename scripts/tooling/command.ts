import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../setup.mjs';

export type Command = {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
};

/** Runs it in the root of the checkout, on our own output; answers its exit status. */
export async function run({ program, args, env }: Command): Promise<number> {
  const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
  const [code] = (await once(child, 'exit')) as [number | null]; // the event's own signature
  return code ?? 1;
}

/** A command of an installed package, run by its script so that it needs no shell on any system. */
export function packageCommand(script: string, args: readonly string[], env?: Command['env']): Command {
  const program = { program: process.execPath, args: [join(ROOT, 'node_modules', script), ...args] };
  return env === undefined ? program : { ...program, env };
}
