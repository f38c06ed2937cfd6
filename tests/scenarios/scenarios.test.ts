import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openScenarioDatabases } from './databases.ts';
import { runScenario } from './run-scenario.ts';
import { parseScenario, type Scenario, type StepOf } from './scenario-format.ts';

const EXAMPLES = path.join(import.meta.dirname, 'examples');

// A scenario starts a head office and tills of its own: the limit is for one that hangs, on however busy a machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

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

function firstSale({ steps }: Scenario): StepOf<'sale'> {
  const [sale] = steps;
  if (sale?.do !== 'sale') throw new Error('it begins with a sale');
  return sale;
}

describe('scenarios', () => {
  it.each(readdirSync(EXAMPLES))('%s passes on real tills and a real head office', async (file) => {
    const { steps, problem } = await runScenario(example(file), databases);
    expect({ problem, failed: steps.filter((step) => !step.ok) }).toEqual({ problem: undefined, failed: [] });
  });
});

describe('the runner', () => {
  const right = example('one-point-a-euro.json');
  const sale = firstSale(right);
  const differencesOf = async (steps: Scenario['steps']) =>
    (await runScenario({ ...right, steps }, databases)).steps.map(({ differences }) => differences);

  it('says where a number is another than expected', async () => {
    expect(await differencesOf([{ ...sale, expect: { earned: { points: 8 }, due: 1 } }])).toEqual([
      ['earned.points: expected 8, got 7', `due: expected 1, got 700`],
    ]);
  });

  it('says both codes where a step is refused for another reason, and where one is refused or done that should not be', async () => {
    const unknown = { ...sale, member: 'nobody' };
    expect(
      await differencesOf([
        { ...unknown, expect: { refused: 'unknown-card' } },
        { ...unknown, expect: {} },
        { ...sale, expect: { refused: 'unknown-member' } },
      ]),
    ).toEqual([
      ['refused: expected "unknown-card", got "unknown-member"'],
      ['refused: expected "none", got "unknown-member"'],
      ['refused: expected unknown-member, but it was done'],
    ]);
  });

  it('refuses a second step with the id of an earlier sale, at its own till and at another', async () => {
    const twice = { ...sale, expect: { refused: 'invalid-request' } };
    const { steps } = await runScenario(
      { ...right, tills: ['t1', 't2'], steps: [sale, twice, { ...twice, till: 't2' }] },
      databases,
    );
    expect(steps.map(({ ok }) => ok)).toEqual([true, true, true]);
  });

  it('finds replicas that do not agree, on what the step does not name too', async () => {
    const all: StepOf<'expect'> = { do: 'expect', on: 'all', at: sale.at, member: 'm1', badges: [] };
    const tills = ['t1'];
    const [, , before, , , after] = await differencesOf([
      { do: 'offline', tills },
      sale,
      all,
      { do: 'online', tills },
      { do: 'sync' },
      all,
    ]);
    expect(before).toEqual([expect.stringMatching(/^t1 has .*"points":7.*head-office has .*"balance":\{\}/)]);
    expect(after).toEqual([]);
  });

  it('goes on after a step that cannot be, and says why a world cannot be built', async () => {
    const nowhere = { ...sale, till: 't9' };
    const { steps } = await runScenario({ ...right, steps: [nowhere, sale] }, databases);
    expect(steps).toMatchObject([
      { ok: false, differences: ['There is no till t9 in this scenario.'] },
      { ok: true, differences: [] },
    ]);
    const members = [{ id: 'm1', card: '2900000000019' }];
    expect(await runScenario({ ...right, members }, databases)).toMatchObject({
      passed: false,
      problem: 'Member m1 has a wrong date or card.',
    });
  });
});

describe('a file', () => {
  const programme = example('one-point-a-euro.json').programme;
  const step = { do: 'void', sale: 's-1', at: '2026-03-02T10:00:00Z' };
  it.each([
    ['a field is missing', 'steps.0.sale', { name: 'x', programme, steps: [{ ...step, sale: undefined }] }],
    ['a field is too many', 'steps.0.tll', { name: 'x', programme, steps: [{ ...step, tll: 't2' }] }],
    ['a step is unknown', 'steps.0.do', { name: 'x', programme, steps: [{ ...step, do: 'undo' }] }],
    ['the programme is none', 'programme.id', { name: 'x', programme: { id: 1 }, steps: [] }],
    ['one of several programmes is none', 'programmes.1.id', { name: 'x', programmes: [programme, {}], steps: [] }],
  ])('is refused with the path to the wrong field where %s', (_what, at, file) => {
    expect(parseScenario(JSON.stringify(file))).toMatchObject({ ok: false, error: { path: at } });
  });

  it('is refused where it is no JSON', () => {
    expect(parseScenario('[')).toMatchObject({ ok: false, error: { message: 'not JSON' } });
  });
});
