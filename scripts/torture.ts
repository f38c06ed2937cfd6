/** `npm run --silent torture -- [--kills N] [--seed S]`: a till process killed N times under load. One JSON line; exit 1 where anything was lost. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { killRun } from '../tests/torture/kill-run.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});
const numbers = { kills: Number(values.kills), seed: Number(values.seed) };
if (!Object.values(numbers).every((number) => Number.isSafeInteger(number) && number >= 0)) {
  console.error('Call it so: npm run --silent torture -- [--kills N] [--seed S]');
  process.exit(2);
}
const kill = await killRun({ ...numbers, lanes: availableParallelism() });
console.log(JSON.stringify({ seed: numbers.seed, kill }));
if (kill.problems.length > 0) process.exitCode = 1;
