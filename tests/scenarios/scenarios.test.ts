import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScenarioDatabases } from './databases.ts';
import { runScenario } from './run-scenario.ts';
import { parseScenario, type Scenario } from './scenario-format.ts';

const EXAMPLES = path.join(import.meta.dirname, 'examples');

let databases: Awaited<ReturnType<typeof openScenarioDatabases>>;
beforeAll(async () => {
  databases = await openScenarioDatabases();
});
afterAll(() => databases.close());

function example(file: string): Scenario {
  const parsed = parseScenario(readFileSync(path.join(EXAMPLES, file), 'utf8'));
  if (!parsed.ok) throw new Error(`${file}: ${parsed.error.path} ${parsed.error.message}`);
  return parsed.value;
}

describe('scenarios', () => {
  it.each(readdirSync(EXAMPLES))('%s passes on real tills and a real head office', async (file) => {
    const { steps, problem } = await runScenario(example(file), databases);
    expect({ problem, failed: steps.filter((step) => !step.ok) }).toEqual({ problem: undefined, failed: [] });
  });

  it('fail where a number is another than expected, a step is not built, or the programme uses what is not', async () => {
    const right = example('one-point-a-euro.json');
    const [sale] = right.steps;
    if (sale?.do !== 'sale') throw new Error('it begins with a sale');
    const wrong = await runScenario({ ...right, steps: [{ ...sale, expect: { earned: { points: 8 } } }] }, databases);
    expect(wrong.steps[0]).toMatchObject({ ok: false, differences: ['earned.points: expected 8, got 7'] });
    const refund = { do: 'refund', sale: 's-1', at: sale.at, all: true } as const;
    const unbuilt = await runScenario({ ...right, steps: [sale, refund] }, databases);
    expect(unbuilt).toMatchObject({
      passed: false,
      steps: [{ ok: true }, { ok: false, differences: ['The step refund is not built yet.'] }],
    });
    const programme = { ...(right.programme as object), enrolment: 'automatic' };
    const refused = await runScenario({ ...right, programme }, databases);
    expect(refused).toMatchObject({
      passed: false,
      problem: 'programme.enrolment: Automatic enrolment is not built yet.',
    });
  });

  it('are refused with the path where a file is none', () => {
    expect(parseScenario('{"name": "x", "programme": {}, "steps": [{"do": "sale"}]}')).toMatchObject({
      ok: false,
      error: { path: 'steps.0.id' },
    });
    expect(parseScenario('{"name": "x", "programme": {"id": 1}, "steps": []}')).toMatchObject({
      ok: false,
      error: { path: 'programme.id' },
    });
    expect(parseScenario('[')).toMatchObject({ ok: false, error: { message: 'not JSON' } });
  });
});
