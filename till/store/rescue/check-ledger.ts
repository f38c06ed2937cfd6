/** Starts the long look at the ledger, and hears what it found. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { failed, ok, type Result } from '../../../base/result.ts';
import type { Finding } from '../verify/verify-ledger.ts';

/** Not beside members.db, which changes meanwhile and is checked by its own means. */
const CHECK_FOLDER = 'check';

const reportSchema = z.object({
  findings: z.array(z.object({ where: z.string(), what: z.string() })),
  entries: z.int(),
});

export type CheckOptions = {
  readonly ledgerFile: string;
  readonly migrationsFolder: string;
  /** The worker's program: check-worker.ts, or what a build made of it. */
  readonly program: string;
};

/** The error of the thread where it could not look, which says nothing of the ledger: no room for the copy, say. */
export function checkLedger(options: CheckOptions): Promise<Result<readonly Finding[], Error>> {
  const { ledgerFile, migrationsFolder, program } = options;
  const folder = path.join(path.dirname(ledgerFile), CHECK_FOLDER);
  rmSync(folder, { recursive: true, force: true }); // of a check that was killed
  mkdirSync(folder, { mode: 0o700 });
  const copy = path.join(folder, path.basename(ledgerFile));
  return new Promise((resolve) => {
    const worker = new Worker(program, { workerData: { ledgerFile, migrationsFolder, copy } });
    let report: z.output<typeof reportSchema> | undefined;
    worker.once('message', (message) => {
      report = reportSchema.parse(message);
    });
    worker.once('error', (error) => resolve(failed(error instanceof Error ? error : new Error(String(error)))));
    // At its end, since it removes its copy after it has told.
    worker.once('exit', (code) =>
      resolve(report === undefined ? failed(new Error(`the check ended with ${code}`)) : ok(report.findings)),
    );
  });
}
