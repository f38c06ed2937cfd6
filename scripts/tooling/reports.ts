/** Reads the JSON reports of the two test runners. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Outcome, PASSED } from './outcome.ts';

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

export function vitestOutcome(file: string): Outcome {
  const report = parsed(file, vitestReport);
  if (report === undefined) return PASSED;
  const skipped = report.numPendingTests + report.numTodoTests;
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped };
}

/** A test that passed at its second try failed: nothing here is allowed to depend on luck. */
export function playwrightOutcome(file: string): Outcome {
  const report = parsed(file, playwrightReport);
  if (report === undefined) return PASSED;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/** Undefined where the runner died before it wrote a report; its exit status tells the rest. */
function parsed<Report>(file: string, schema: z.ZodType<Report>): Report | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
