/** Finds a real Electron for the desktop tests: the machine's test runtime, one named by the environment, or the installed one. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from '../setup.mjs';
import type { Command } from './command.ts';

/** Wraps a command so that it runs with an Electron and a screen; or the sentence that says why it can't. */
export function withElectron(command: Command): Command | string {
  const runner = join(ROOT, '..', 'shared', 'tools', 'real-electron', 'run.sh');
  if (!process.env['ELECTRON_OVERRIDE_DIST_PATH'] && existsSync(runner)) {
    // It copies the checkout and runs as another user: programs and files must be found in the copy. Its Electron is an
    // old one, so the desktop app is built for it there, and the build of the checkout stays as users get it.
    const inCopy = command.args.map((word) => word.replace(`${ROOT}/`, ''));
    const steps = 'node scripts/build.ts desktop --test-runtime && exec node "$@"';
    return {
      program: runner,
      args: [ROOT, 'sh', '-c', steps, 'sh', ...inCopy],
      env: { ...command.env, PATH: outerPath() },
    };
  }
  if (!electronIsInstalled())
    return 'no Electron: neither ELECTRON_OVERRIDE_DIST_PATH nor a fetched binary (npm run desktop)';
  if (process.getuid?.() === 0) return 'Electron keeps its sandbox only for an ordinary user, and this is root';
  if (process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) return command;
  const xvfb = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'xvfb-run'))
    .find(existsSync);
  if (xvfb === undefined) return 'no screen for Electron, and no xvfb-run to make one';
  return { ...command, program: xvfb, args: ['-a', '-s', '-screen 0 1920x1080x24', command.program, ...command.args] };
}

function electronIsInstalled(): boolean {
  if (process.env['ELECTRON_OVERRIDE_DIST_PATH']) return true;
  return existsSync(join(ROOT, 'node_modules', 'electron', 'path.txt'));
}

/** PATH without what npm and we put before it: the runner prepares its runtime with the machine's own Node, and as root. */
function outerPath(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const own = folders.filter((folder) => !folder.startsWith(ROOT) && !folder.includes('node_modules'));
  return [...own, '/usr/sbin', '/sbin'].join(delimiter);
}
