/** One schedule from its seed: a programme, members, steps; played, drained, checked. */
import { createHash } from 'node:crypto';
import { check } from './check.ts';
import { drain, stopAll } from './drain.ts';
import { play } from './play.ts';
import { type Policy, randomProgramme } from './programmes.ts';
import { type Fault, randomSteps, type Step } from './steps.ts';
import { chanceOf } from './virtual/random.ts';
import type { Excused } from './invariants.ts';
import { openWorld, type Problem, type Stage, type World } from './world.ts';

export type ScheduleSetting = { readonly policy: Policy; readonly faults: ReadonlySet<Fault> };

export type ScheduleResult = {
  readonly steps: number;
  readonly entries: number;
  readonly hash: string;
  /** In all accounts, units. */
  readonly excused: Excused;
  readonly problems: readonly { readonly of: Problem; readonly what: string }[];
};

export function stepsOf(seed: string, { faults }: ScheduleSetting): Step[] {
  return randomSteps(chanceOf(`${seed} steps`), faults);
}

/** `steps`: instead of those that the seed makes. */
export async function runSchedule(
  stage: Stage,
  seed: string,
  setting: ScheduleSetting,
  steps = stepsOf(seed, setting),
): Promise<ScheduleResult> {
  const chance = chanceOf(`${seed} programme`);
  const programme = randomProgramme(chance, setting.policy);
  const world = await openWorld(stage, { seed, programme, members: 2 + chance.int(2) });
  try {
    await play(world, stage, steps);
    await drain(world);
    await check(world);
  } catch (error) {
    world.problems.push({
      of: 'errors',
      what: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
  stopAll(world);
  const entries = world.office.tables.entries.values();
  const hash = createHash('sha256').update(world.hash());
  for (const { position, hash: head, text } of entries) hash.update(`${position} ${head} ${text}\n`);
  for (const { member, state, version } of world.office.tables.states.values())
    hash.update(`${member} ${version} ${state}\n`);
  return {
    steps: steps.length,
    entries: entries.length,
    hash: hash.digest('hex'),
    excused: excusedInAll(world),
    problems: world.problems,
  };
}

function excusedInAll({ office: { tables }, cloneBound }: World): Excused {
  const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);
  return {
    debits: sum(tables.debits.values()),
    risks: sum(tables.risks.values()),
    overdrafts: sum(tables.overdrafts.values()),
    clones: sum(cloneBound.values()),
  };
}
