/** Runs stages in order, says how each went, and closes with the line that CI reads. */
import { performance } from 'node:perf_hooks';
import { FAILED, type Outcome, sum, summaryLine } from './outcome.ts';

export type Stage = {
  readonly name: string;
  readonly about: string;
  /** A stage without which this one means nothing. */
  readonly needs?: string;
  /** Extra words of the command line reach it where it runs alone. */
  readonly run: (extra: readonly string[]) => Promise<Outcome>;
};

/** Words that name no stage narrow a single named one: `npm test -- unit till/store`. Answers the exit status. */
export async function runStages(stages: readonly Stage[], words: readonly string[]): Promise<number> {
  const named = stages.filter((stage) => words.includes(stage.name));
  const extra = words.filter((word) => !named.some((stage) => stage.name === word));
  if (extra.length > 0 && named.length !== 1) {
    console.error(`Not a stage: ${extra.join(' ')}. Stages: ${stages.map((stage) => stage.name).join(', ')}.`);
    return 2;
  }
  const results = new Map<string, Outcome>();
  const report: string[] = [];
  for (const stage of named.length > 0 ? named : stages) {
    console.log(`\n=== ${stage.name}: ${stage.about}`);
    const startedAt = performance.now();
    const outcome = (results.get(stage.needs ?? '')?.failed ?? 0) > 0 ? notRun(stage) : await outcomeOf(stage, extra);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    results.set(stage.name, outcome);
    report.push(
      `${outcome.failed > 0 ? 'FAILED' : 'ok'.padEnd(6)} ${stage.name.padEnd(10)} ${seconds.padStart(6)} s  ${summaryLine(outcome)}`,
    );
    console.log(report.at(-1));
  }
  const total = sum([...results.values()]);
  console.log(`\n${report.join('\n')}\n\n${summaryLine(total)}`);
  return total.failed > 0 ? 1 : 0;
}

function notRun(stage: Stage): Outcome {
  console.log(`${stage.name} is not run: ${stage.needs} failed.`);
  return FAILED;
}

async function outcomeOf(stage: Stage, extra: readonly string[]): Promise<Outcome> {
  try {
    return await stage.run(extra);
  } catch (cause) {
    console.error(cause);
    return FAILED;
  }
}
