/**
 * `npm run --silent torture -- [--kills N] [--seed S] [--torn N] [--flipped N] [--lanes N]`: a till process killed N times under load, then files that
 * were torn or have a wrong bit. One JSON line; exit 1 where anything confirmed was lost or doubled, or a broken file was taken for sound.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { breakRun } from '../tests/torture/break-run.ts';
import { killRun, type KillReport } from '../tests/torture/kill-run.ts';

const option = (value: string) => ({ type: 'string', default: value }) as const;
const { values } = parseArgs({
  options: {
    kills: option('1000'),
    seed: option('1'),
    torn: option('100'),
    flipped: option('100'),
    lanes: option(String(availableParallelism())),
  },
});
const [kills, seed, torn, flipped, lanes] = [values.kills, values.seed, values.torn, values.flipped, values.lanes].map(
  Number,
);
if (![kills, seed, torn, flipped, lanes].every(isCount)) {
  console.error('Call it so: npm run --silent torture -- [--kills N] [--seed S] [--torn N] [--flipped N]');
  process.exit(2);
}
const startedAt = performance.now();
const kill = await killRun({ kills: kills ?? 0, seed: seed ?? 0, lanes: lanes ?? 1, soFar: sayToPeople });
const broken = await breakRun({ torn: torn ?? 0, flipped: flipped ?? 0, seed: seed ?? 0 });
const seconds = Math.round((performance.now() - startedAt) / 1_000);
console.log(JSON.stringify({ seed, kill, ...broken, seconds }));
if ([kill, broken.torn, broken.flipped].some(({ problems }) => problems.length > 0)) process.exitCode = 1;

function sayToPeople({ kills: done, ...report }: KillReport): void {
  console.error(`${done} of ${values.kills} kills: ${JSON.stringify(report)}`);
}

function isCount(value: number | undefined): boolean {
  return value !== undefined && Number.isSafeInteger(value) && value >= 0;
}
