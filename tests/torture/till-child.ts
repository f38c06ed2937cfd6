/**
 * A till that is going to be killed: the real engine on its data folder, selling as fast as it can. Each answer is told over the pipe only
 * after the call has returned it; what the parent has read, a customer could have been told.
 */
import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { sha256 } from '../../base/node/hash.ts';
import { openEngine } from '../../till/hosts/open-engine.ts';
import { SMALL_DISK } from './small-disk.ts';
import { lastingPart, workOf } from './workload.ts';

const PIPE = 1;

const [dataFolder = '', migrationsFolder = '', paper = '', run = '0', from = '0', until = ''] = process.argv.slice(2);
const opened = openEngine({
  dataFolder,
  migrationsFolder,
  diskLimits: SMALL_DISK,
  config: { printer: { kind: 'file', id: 'paper', profile: 'generic-80', path: paper, stallTimeoutMs: 10_000 } },
});
if (!opened.ok) throw new Error(opened.error.message);
const engine = opened.value;
say({ opened: true });
const end = until === '' ? Number.POSITIVE_INFINITY : Number(until);
for (let n = Number(from); n < end; n += 1) {
  const { name, input } = workOf(Number(run), n);
  const answer = await engine.call(name, input);
  if (answer.ok) say({ n, answer: sha256(JSON.stringify(lastingPart(name, answer.value))) });
  else say({ n, refused: answer.error.code });
  await setImmediate(); // the print queue has its turn
}
await engine.close();

function say(line: object): void {
  writeSync(PIPE, `${JSON.stringify(line)}\n`);
}
