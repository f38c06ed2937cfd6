/**
 * Builds what runs: the screens (dist/till, dist/console) and the desktop app (dist/electron). Skips what is fresh.
 *   node scripts/build.ts [screens] [desktop] [--test-runtime] [--force]
 * `--test-runtime` makes the desktop app run on the old Electron of the tests too (Node 18.15).
 */
import { buildDesktop } from './build/desktop.ts';
import { buildScreens } from './build/screens.ts';

const PARTS = { screens: buildScreens, desktop: buildDesktop };
const OPTIONS = ['--test-runtime', '--force'];

const words = process.argv.slice(2);
const unknown = words.filter((word) => !OPTIONS.includes(word) && !Object.hasOwn(PARTS, word));
if (unknown.length > 0) {
  process.stderr.write(
    `unknown: ${unknown.join(' ')}; parts: ${Object.keys(PARTS).join(', ')}; options: ${OPTIONS.join(', ')}\n`,
  );
  process.exit(2);
}
const asked = words.filter((word) => !word.startsWith('--'));
for (const [name, build] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const startedAt = performance.now();
  const built = await build({ testRuntime: words.includes('--test-runtime'), force: words.includes('--force') });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${name}: ${built ? `built in ${seconds} s` : 'fresh'}\n`);
}
