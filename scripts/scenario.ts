/** `npm run --silent scenario -- FILE…`: one JSON object a line. Exit 0 all passed, 1 one did not, 2 a file is no scenario. */
import { readFileSync } from 'node:fs';
import { openScenarioDatabases } from '../tests/scenarios/databases.ts';
import { runScenario } from '../tests/scenarios/run-scenario.ts';
import { parseScenario, type Scenario } from '../tests/scenarios/scenario-format.ts';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Name at least one scenario: npm run --silent scenario -- FILE…');
  process.exit(2);
}
const scenarios = files.map((file) => ({ file, scenario: read(file) }));
const databases = await openScenarioDatabases();
try {
  for (const { file, scenario } of scenarios) {
    const { name, passed, steps, problem } = await runScenario(scenario, databases);
    console.log(JSON.stringify({ file, name, passed, steps, ...(problem === undefined ? {} : { problem }) }));
    if (!passed) process.exitCode = 1;
  }
} finally {
  await databases.close();
}

function read(file: string): Scenario {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return refuse(file, '', error instanceof Error ? error.message : 'cannot be read');
  }
  const parsed = parseScenario(text);
  return parsed.ok ? parsed.value : refuse(file, parsed.error.path, parsed.error.message);
}

function refuse(file: string, path: string, message: string): never {
  console.log(JSON.stringify({ file, passed: false, problem: message, path }));
  process.exit(2);
}
