/**
 * `npm run --silent simulate -- --seed S --schedules N [--tills T] [--faults all|none|LIST] [--policy strict|tolerant] [--without RULE]`: many tills and a
 * head office on virtual clock, network and disk. Prints one JSON line, and of a failing seed its shortest schedule; exit 1 where anything was found.
 */
import { parseArgs } from 'node:util';
import { simulate } from '../tests/simulation/simulate.ts';
import { FAULTS } from '../tests/simulation/steps.ts';

const USAGE =
  'Call it so: npm run --silent simulate -- --seed S --schedules N [--tills 2…6] [--faults all|none|LIST] [--policy strict|tolerant] [--without E1…E10] [--stop-at-first]';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    schedules: { type: 'string', default: '1000' },
    tills: { type: 'string', default: '3' },
    faults: { type: 'string', default: 'all' },
    policy: { type: 'string', default: 'strict' },
    without: { type: 'string' },
    threads: { type: 'string', default: '2' },
    'stop-at-first': { type: 'boolean', default: false },
  },
});
const { seed, policy, without } = values;
const [schedules, tills, threads] = [Number(values.schedules), Number(values.tills), Number(values.threads)];
const asked = values.faults === 'all' ? [...FAULTS] : values.faults === 'none' ? [] : values.faults.split(',');
const faults = FAULTS.filter((fault) => asked.includes(fault));
const isRight =
  [schedules, tills, threads].every((number) => Number.isSafeInteger(number) && number > 0) &&
  tills >= 2 &&
  tills <= 6 &&
  faults.length === asked.length &&
  (without === undefined || /^E([1-9]|10)$/.test(without));
if (!isRight || (policy !== 'strict' && policy !== 'tolerant')) {
  console.error(`${USAGE}\nFaults: ${FAULTS.join(', ')}`);
  process.exit(2);
}
const stopAtFirst = values['stop-at-first'];
const { summary, failure } = await simulate({ seed, schedules, tills, policy, faults, without, threads, stopAtFirst });
console.log(JSON.stringify({ ...summary, policy, faults, ...(without === undefined ? {} : { without }) }));
if (failure !== undefined) {
  console.error(`schedule ${failure.schedule}:`);
  for (const { of, what } of (failure.shortest ?? failure).problems.slice(0, 5)) console.error(`  ${of}: ${what}`);
  console.error('its shortest form:');
  for (const step of failure.shortest?.steps ?? []) console.error(`  ${JSON.stringify(step)}`);
  process.exitCode = 1;
}
