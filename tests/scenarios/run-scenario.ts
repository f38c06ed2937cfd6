import { differences, type StepResult } from './outcome.ts';
import type { Scenario, Step } from './scenario-format.ts';
import { playStep } from './steps.ts';
import type { Databases } from './databases.ts';
import { buildWorld, ScenarioCannotRun, type World } from './world.ts';

export type ScenarioResult = {
  readonly name: string;
  readonly passed: boolean;
  readonly steps: readonly StepResult[];
  /** Why it could not run at all. */
  readonly problem?: string;
};

/** Runs every step; one that fails does not keep the others from being tried. */
export async function runScenario(scenario: Scenario, databases: Databases): Promise<ScenarioResult> {
  let world: World;
  try {
    world = await buildWorld(scenario, databases);
  } catch (error) {
    if (!(error instanceof ScenarioCannotRun)) throw error;
    return { name: scenario.name, passed: false, steps: [], problem: error.message };
  }
  try {
    const steps: StepResult[] = [];
    for (const [index, step] of scenario.steps.entries()) steps.push(await runStep(world, step, index));
    return { name: scenario.name, passed: steps.every((step) => step.ok), steps };
  } finally {
    await world.close();
  }
}

async function runStep(world: World, step: Step, index: number): Promise<StepResult> {
  try {
    const { actual, wrong } = await playStep(world, step);
    const found = [...differences(expectationOf(step), actual), ...wrong];
    return { index, do: step.do, ok: found.length === 0, actual, differences: found };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { index, do: step.do, ok: false, actual: {}, differences: [error.message] };
  }
}

function expectationOf(step: Step): Parameters<typeof differences>[0] {
  if (step.do === 'expect') {
    const { do: _do, at: _at, on: _on, member: _member, why: _why, about: _about, source: _source, ...expected } = step;
    return expected;
  }
  return 'expect' in step ? (step.expect ?? {}) : {};
}
