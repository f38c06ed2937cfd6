/**
 * Runs a till as the desktop app, from the checkout: `node scripts/desktop.ts --data FOLDER`. Says in words why it cannot, and ends with
 * the app.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ok, refused, type Refusal, type Result } from '../base/result.ts';
import { buildDesktop } from './build/desktop.ts';
import { buildScreens } from './build/screens.ts';
import { needsTestRuntime } from './build/test-runtime.ts';
import { ROOT } from './setup.mjs';

type NoDesktop = Refusal<'no-electron' | 'root' | 'no-display'>;

/** The Electron that can be started here and now: the one that the environment names, or the one that `npm run desktop` fetched. */
export function findElectron(env: NodeJS.ProcessEnv = process.env): Result<string, NoDesktop> {
  const module = path.join(ROOT, 'node_modules', 'electron');
  const folder = env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(module, 'dist');
  const pathFile = path.join(module, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const program = path.join(folder, name);
  if (!existsSync(program)) return refused('no-electron', 'Electron is not here yet: "npm run desktop" fetches it.');
  if (process.getuid?.() === 0)
    return refused('root', 'Electron keeps its sandbox only for an ordinary user, and this is root.');
  const hasDisplay =
    process.platform !== 'linux' || env['DISPLAY'] !== undefined || env['WAYLAND_DISPLAY'] !== undefined;
  return hasDisplay ? ok(program) : refused('no-display', 'There is no display for a window.');
}

/** Builds what is not fresh, then opens the till of `dataFolder` in its window. The child ends when the window is closed. */
export async function startDesktopTill(dataFolder: string): Promise<Result<ChildProcess, NoDesktop>> {
  const electron = findElectron();
  if (!electron.ok) return electron;
  await buildScreens({ testRuntime: false, force: false });
  await buildDesktop({ testRuntime: needsTestRuntime(path.dirname(electron.value)), force: false });
  const { ELECTRON_RUN_AS_NODE: _unused, ...env } = process.env;
  return ok(spawn(electron.value, [ROOT, `--data-folder=${path.resolve(dataFolder)}`], { stdio: 'inherit', env }));
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { data: { type: 'string' } } });
  const started = values.data === undefined ? undefined : await startDesktopTill(values.data);
  if (started?.ok === true) {
    started.value.once('exit', (code) => (process.exitCode = code ?? 1));
  } else {
    process.stderr.write(`${started?.error.message ?? 'Name a data folder: --data FOLDER.'}\n`);
    process.exitCode = 2;
  }
}
