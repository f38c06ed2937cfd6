/** Head office and the tills as processes of their own, so that one can end without the others. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const placeSchema = z.object({ url: z.string(), address: z.string(), posApi: z.string().nullish() });
export type Place = z.infer<typeof placeSchema>;

export type StartedChild = {
  readonly pid: number | undefined;
  /** Where it is; its address is the newest that it gave. */
  readonly place: Place;
  /** Asks it for a fresh address. */
  renew(): Promise<void>;
  stop(): Promise<void>;
  /** As a power cut does. */
  kill(): Promise<void>;
};

const SCRIPTS = path.join(import.meta.dirname, '..');

/** Answers once it said where it is; throws where it ends before. Its log goes to our standard error. */
export async function startedChild(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<StartedChild> {
  const child = spawn(process.execPath, [path.join(SCRIPTS, script), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { LOYALTILL_LOG: 'warn', ...process.env, ...env },
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const lines = createInterface({ input: child.stdout });
  const nextPlace = (): Promise<Place> =>
    new Promise((said, failed) => {
      lines.once('line', (line) => said(placeSchema.parse(JSON.parse(line))));
      void ended.then(() => failed(new Error(`${script} ended before it was ready`)));
    });
  let place = await nextPlace();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return {
    pid: child.pid,
    get place() {
      return place;
    },
    renew: async () => {
      const next = nextPlace();
      child.stdin.write('\n');
      place = await next;
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}
