/** One life of a till process: started on its folder, heard, and killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { ChildProgram } from './child-program.ts';

const lineSchema = z.union([
  z.object({ opened: z.literal(true) }),
  z.object({ n: z.int(), answer: z.string() }),
  z.object({ n: z.int(), refused: z.string() }),
]);

export type Told = { readonly n: number; readonly answer: string } | { readonly n: number; readonly refused: string };

export type Life = {
  readonly opened: boolean;
  readonly told: readonly Told[];
  /** What it wrote to its standard error, and how it ended: null where it was killed. */
  readonly errors: string;
  readonly exitCode: number | null;
};

export type LifeOptions = {
  readonly program: ChildProgram;
  readonly migrationsFolder: string;
  readonly dataFolder: string;
  /** The file that its printer writes to. */
  readonly paper: string;
  readonly run: number;
  readonly from: number;
  /** Lives until this command is done, and closes; otherwise it is killed. */
  readonly until?: number;
  /** It is killed this many ms after its start, or after it told that it is open and then so many answers. */
  readonly kill?: { readonly atStart: boolean; readonly answers: number; readonly ms: number };
};

export async function live({
  program,
  migrationsFolder,
  dataFolder,
  paper,
  run,
  from,
  until,
  kill,
}: LifeOptions): Promise<Life> {
  const args = [
    dataFolder,
    migrationsFolder,
    paper,
    String(run),
    String(from),
    until === undefined ? '' : String(until),
  ];
  const child = spawn(process.execPath, ['--no-deprecation', program.file, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: program.cacheFolder },
  });
  const ended = once(child, 'close');
  let output = '';
  let errors = '';
  const due = Promise.withResolvers<void>();
  let lines = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    lines += text.split('\n').length - 1;
    if (kill !== undefined && lines > kill.answers) due.resolve();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  if (kill !== undefined) {
    if (!kill.atStart) await Promise.race([due.promise, ended]);
    await Promise.race([delay(kill.ms), ended]);
    child.kill('SIGKILL');
  }
  const [exitCode] = (await ended) as [number | null]; // the event's own signature
  // The last line may have been cut by the kill: nobody has heard it.
  const whole = output
    .slice(0, output.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '');
  const parsed = whole.map((line) => lineSchema.parse(JSON.parse(line)));
  return {
    opened: parsed.some((line) => 'opened' in line),
    told: parsed.filter((line) => 'n' in line),
    errors,
    exitCode,
  };
}
