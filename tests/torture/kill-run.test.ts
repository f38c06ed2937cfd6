/** The short form of `npm run torture`. */
import { expect, it } from 'vitest';
import { killRun } from './kill-run.ts';

it('loses and doubles nothing when a till that sells is killed again and again', { timeout: 300_000 }, async () => {
  const { confirmed, repeated, printed, ...report } = await killRun({ kills: 15, seed: 20261125, lanes: 2 });
  expect(report).toMatchObject({
    kills: 15,
    lost: 0,
    duplicated: 0,
    changedAnswers: 0,
    chains: 2,
    brokenChains: 0,
    receiptProblems: 0,
    crashes: 0,
    problems: [],
  });
  // That it did something.
  expect([confirmed > 100, repeated > 100, printed > 100]).toEqual([true, true, true]);
});
