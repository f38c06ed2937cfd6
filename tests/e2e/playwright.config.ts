/**
 * End to end, on real parts: `chromium` drives the browser host (tests/e2e/*.spec.ts), `electron` the packaged desktop app
 * (tests/e2e/desktop). `npm test` runs both; `npm test -- electron` one.
 */
import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';
const named = process.env['LOYALTILL_CHROMIUM'] ?? (existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : undefined);

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/files',
  // Tills, head offices and their databases are heavy: one test at a time leaves each the machine.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: `../../test-results/${projectName()}.json` }]],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    {
      name: 'chromium',
      testMatch: '*.spec.ts',
      testIgnore: 'desktop/**',
      use: {
        browserName: 'chromium',
        launchOptions: {
          ...(named === undefined ? {} : { executablePath: named }),
          args: ['--no-sandbox', '--disable-background-networking'],
        },
      },
    },
    { name: 'electron-package', testMatch: 'desktop/package.setup.ts' },
    { name: 'electron', testMatch: 'desktop/*.spec.ts', dependencies: ['electron-package'] },
  ],
});

/** The report's name: the one project that was asked for, or all. */
function projectName(): string {
  const asked = process.argv.flatMap((word, index) =>
    word === '--project' ? [process.argv[index + 1] ?? ''] : word.startsWith('--project=') ? [word.slice(10)] : [],
  );
  return asked.length === 1 && asked[0] !== undefined && /^\w+$/.test(asked[0]) ? asked[0] : 'all';
}
