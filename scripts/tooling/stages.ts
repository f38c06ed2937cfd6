/** The stages of `npm test`, in order: the single place that says what has to hold before a change is good. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup.mjs';
import { type Command, packageCommand, run } from './command.ts';
import { withElectron } from './electron-runtime.ts';
import { FAILED, judged, type Outcome, PASSED, SKIPPED } from './outcome.ts';
import { playwrightOutcome, vitestOutcome } from './reports.ts';
import type { Stage } from './run-stages.ts';

const E2E_CONFIG = 'tests/e2e/playwright.config.ts';
const BUILD = 'scripts/build.ts';
const RESULTS = 'test-results';

export const STAGES: readonly Stage[] = [
  { name: 'types', about: 'TypeScript, one environment at a time', run: checkTypes },
  {
    name: 'lint',
    about: 'oxlint, type-aware',
    run: () => passes(packageCommand('oxlint/bin/oxlint', ['--deny-warnings'])),
  },
  { name: 'format', about: 'oxfmt', run: () => passes(packageCommand('oxfmt/bin/oxfmt', ['--check', '.'])) },
  {
    name: 'unused',
    about: 'knip: files, exports and packages that nobody uses',
    run: () => passes(packageCommand('knip/bin/knip.js', [])),
  },
  { name: 'unit', about: 'unit, property and database tests', run: runVitest },
  { name: 'build', about: 'renderer, engine and desktop shell', run: build },
  {
    name: 'chromium',
    about: 'end to end, browser host',
    needs: 'build',
    run: (extra) => runPlaywright('chromium', extra),
  },
  {
    name: 'electron',
    about: 'end to end, real Electron',
    needs: 'build',
    run: (extra) => runPlaywright('electron', extra),
  },
];

async function passes(command: Command): Promise<Outcome> {
  return (await run(command)) === 0 ? PASSED : FAILED;
}

/** Every tsconfig.NAME.json but the base is an environment. */
async function checkTypes(): Promise<Outcome> {
  const configs = readdirSync(ROOT).filter(
    (name) => /^tsconfig\..+\.json$/.test(name) && name !== 'tsconfig.base.json',
  );
  let failed = 0;
  for (const config of configs) {
    const code = await run(packageCommand('typescript/bin/tsc', ['-p', config]));
    if (code !== 0) console.log(`${config}: failed`);
    failed += code === 0 ? 0 : 1;
  }
  return { ...PASSED, failed };
}

async function runVitest(extra: readonly string[]): Promise<Outcome> {
  const report = newReport('unit');
  const args = ['run', ...extra, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run(packageCommand('vitest/vitest.mjs', args));
  return judged(vitestOutcome(join(ROOT, report)), code);
}

async function build(): Promise<Outcome> {
  return passes({ program: process.execPath, args: [BUILD] });
}

async function runPlaywright(project: 'chromium' | 'electron', extra: readonly string[]): Promise<Outcome> {
  const report = newReport(project);
  const output = `--output=${RESULTS}/${project}`;
  const args = [
    'test',
    `--config=${E2E_CONFIG}`,
    `--project=${project}`,
    '--reporter=list,json',
    '--fail-on-flaky-tests',
    output,
  ];
  // A relative path: the Electron tests run in a copy, whose results are brought back.
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const plain = packageCommand('playwright/cli.js', [...args, ...extra], env);
  const command = project === 'electron' ? withElectron(plain) : plain;
  if (typeof command === 'string') {
    console.log(`\n*** SKIPPED: ${command}. The desktop app is NOT tested. ***\n`);
    return SKIPPED;
  }
  const code = await run(command);
  return judged(playwrightOutcome(join(ROOT, report)), code);
}

/** Where a runner is to write its report; an old one is gone, so that it can't be taken for this run's. */
function newReport(name: string): string {
  const file = `${RESULTS}/${name}.json`;
  rmSync(join(ROOT, file), { force: true });
  return file;
}
