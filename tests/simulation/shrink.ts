/** The shortest schedule that still shows the problem: steps are left out, many at a time first, for as long as it does (delta debugging). */
import { runSchedule, type ScheduleResult, type ScheduleSetting, stepsOf } from './run-schedule.ts';
import type { Step } from './steps.ts';
import type { Stage } from './world.ts';

/** Runs of one shrinking. */
const RUNS_MAX = 250;

export type Shortest = { readonly steps: readonly Step[]; readonly problems: ScheduleResult['problems'] };

export async function shrink(
  stage: Stage,
  seed: string,
  setting: ScheduleSetting,
  kinds: ReadonlySet<string>,
): Promise<Shortest> {
  let runs = 0;
  const fails = async (steps: readonly Step[]): Promise<ScheduleResult['problems'] | undefined> => {
    runs += 1;
    const { problems } = await runSchedule(stage, seed, setting, [...steps]);
    return problems.some(({ of }) => kinds.has(of)) ? problems : undefined;
  };
  let steps: readonly Step[] = stepsOf(seed, setting);
  let problems = (await fails(steps)) ?? [];
  for (let size = Math.ceil(steps.length / 2); size >= 1;) {
    let shorter = false;
    for (let from = 0; from < steps.length && runs < RUNS_MAX;) {
      const without = [...steps.slice(0, from), ...steps.slice(from + size)];
      const found = await fails(without);
      if (found === undefined) from += size;
      else [steps, problems, shorter] = [without, found, true];
    }
    if (runs >= RUNS_MAX) break;
    if (size > 1) size = Math.ceil(size / 2);
    else if (!shorter) break;
  }
  return { steps, problems };
}
