/** The short form of what `npm run torture` does to files. */
import { expect, it } from 'vitest';
import { breakRun } from './break-run.ts';

it('takes no broken file for a sound one, and loses no entry to a single wrong bit', { timeout: 300_000 }, async () => {
  const { torn, flipped } = await breakRun({ torn: 10, flipped: 14, seed: 20261125 });
  expect([torn.broken, torn.badOpens, torn.problems]).toEqual([10, 0, []]);
  expect([flipped.broken, flipped.badOpens, flipped.problems, flipped.entriesLost]).toEqual([14, 0, [], 0]);
  // That it did something.
  expect([torn.prefixes > 0, flipped.foundAtStart + flipped.foundByLook > 0]).toEqual([true, true]);
});
