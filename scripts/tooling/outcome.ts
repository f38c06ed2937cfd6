/** What a stage came to. A stage without tests of its own adds nothing where it passes, and one failure where it fails. */
export type Outcome = { readonly passed: number; readonly failed: number; readonly skipped: number };

export const PASSED: Outcome = { passed: 0, failed: 0, skipped: 0 };
export const FAILED: Outcome = { passed: 0, failed: 1, skipped: 0 };
export const SKIPPED: Outcome = { passed: 0, failed: 0, skipped: 1 };

export function sum(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
    }),
    PASSED,
  );
}

/** The line that CI reads. */
export function summaryLine({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** A runner that failed counts as a failure whatever it counted, and so does a run that held no test at all. */
export function judged(counted: Outcome, exitStatus: number): Outcome {
  const nothingRan = counted.passed + counted.failed + counted.skipped === 0;
  return counted.failed === 0 && (exitStatus !== 0 || nothingRan) ? { ...counted, failed: 1 } : counted;
}
