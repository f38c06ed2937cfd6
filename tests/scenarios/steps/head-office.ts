/** What head office does. */
import { parseBusinessDate } from '../../../base/business-date.ts';
import { type Done, NOTHING, refusedAs } from '../attempt.ts';
import type { StepOf } from '../scenario-format.ts';
import { problemsOf, ScenarioCannotRun, type World } from '../world.ts';

export async function playMerge(world: World, step: StepOf<'merge'>): Promise<Done> {
  const [from, into] = [world.memberId(step.from), world.memberId(step.into)];
  const merged = await world.headOffice.admin.mergeMembers({ from, into });
  return merged.ok ? NOTHING : refusedAs(merged.error.code);
}

export async function playPublish(world: World, step: StepOf<'publish'>): Promise<Done> {
  const published = await world.publish(step.programme);
  if (published.ok) return NOTHING;
  if (published.error.code === 'not-built') throw new ScenarioCannotRun(problemsOf(published.error));
  return refusedAs('invalid-request');
}

/** Head office's daily run of that business date, which makes up for those before it. */
export async function playAdvance(world: World, { to }: StepOf<'advance'>): Promise<Done> {
  const date = parseBusinessDate(to);
  if (date === undefined) throw new ScenarioCannotRun(`${to} is no date.`);
  world.setTime(Date.parse(`${to}T12:00:00Z`));
  await world.headOffice.admin.runDay(date);
  return NOTHING;
}
