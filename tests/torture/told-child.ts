/**
 * A till that does as it is told, line by line: `sell N` tries command N, `status` says how it stands, `look` looks at the disk,
 * `backup` makes a copy, `end` closes it.
 */
import { createInterface } from 'node:readline';
import { writeSync } from 'node:fs';
import { pino } from 'pino';
import { z } from 'zod';
import { openEngine } from '../../till/hosts/open-engine.ts';
import { SMALL_DISK } from './small-disk.ts';
import { workOf } from './workload.ts';

const limitsSchema = z.strictObject({ warn: z.int(), extras: z.int(), ballast: z.int(), least: z.int() });

const [dataFolder = '', migrationsFolder = '', paper = '', backupFolder = '', limits = ''] = process.argv.slice(2);
const diskLimits = limits === '' ? SMALL_DISK : limitsSchema.parse(JSON.parse(limits));
const log = pino({ level: 'silent' });
const opened = openEngine({
  dataFolder,
  migrationsFolder,
  diskLimits,
  backupFolder,
  log,
  config: { printer: { kind: 'file', id: 'paper', profile: 'generic-80', path: paper, stallTimeoutMs: 10_000 } },
});
if (!opened.ok) throw new Error(opened.error.message);
const engine = opened.value;
say({ opened: true });
for await (const line of createInterface({ input: process.stdin })) {
  const [word, number] = line.split(' ');
  if (word === 'end') break;
  if (word === 'look' || word === 'backup') {
    if (word === 'look') engine.beats.lookAtDisk();
    else await engine.beats.backup();
    say({ done: word });
    continue;
  }
  const { name, input } = word === 'sell' ? workOf(1, Number(number)) : { name: 'till.status', input: {} };
  const answer = await engine.call(name, input);
  say(answer.ok ? { ok: true, value: answer.value } : { ok: false, code: answer.error.code });
}
await engine.close();
say({ closed: true });

function say(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}
