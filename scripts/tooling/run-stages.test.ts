import { describe, expect, it } from 'vitest';
import { FAILED, judged, PASSED, sum, summaryLine } from './outcome.ts';
import { runStages } from './run-stages.ts';

describe('the outcome of a test run', () => {
  it('is a failure where the runner failed, whatever it counted', () => {
    expect(judged({ passed: 3, failed: 0, skipped: 0 }, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
    expect(judged({ passed: 3, failed: 2, skipped: 0 }, 1)).toEqual({ passed: 3, failed: 2, skipped: 0 });
  });

  it('is a failure where no test ran', () => {
    expect(judged(PASSED, 0)).toEqual(FAILED);
  });

  it('is summed into the line that CI reads', () => {
    const total = sum([{ passed: 3, failed: 0, skipped: 1 }, PASSED, { passed: 4, failed: 2, skipped: 0 }]);
    expect(summaryLine(total)).toBe('7 passed, 2 failed, 1 skipped');
  });
});

describe('stages', () => {
  const ran: string[] = [];
  const stage = (name: string, outcome: typeof PASSED, needs?: string) => ({
    name,
    about: name,
    ...(needs === undefined ? {} : { needs }),
    run: (extra: readonly string[]) => {
      ran.push([name, ...extra].join(' '));
      return Promise.resolve(outcome);
    },
  });

  it('run all, but not those whose ground failed, and end with status 1', async () => {
    ran.length = 0;
    const stages = [
      stage('lint', FAILED),
      stage('build', FAILED),
      stage('e2e', PASSED, 'build'),
      stage('unit', PASSED),
    ];
    expect([await runStages(stages, []), ran]).toEqual([1, ['lint', 'build', 'unit']]);
  });

  it('run alone by name, with what else was said', async () => {
    ran.length = 0;
    const stages = [stage('lint', FAILED), stage('unit', PASSED)];
    expect([await runStages(stages, ['unit', 'till/store']), ran]).toEqual([0, ['unit till/store']]);
  });

  it('refuse a name that is none', async () => {
    expect(await runStages([stage('unit', PASSED)], ['unti'])).toBe(2);
  });

  it('fail where a runner breaks', async () => {
    const broken = { ...stage('unit', PASSED), run: () => Promise.reject(new Error('broken on purpose')) };
    expect(await runStages([broken], [])).toBe(1);
  });
});
