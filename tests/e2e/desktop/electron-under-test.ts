/** Which Electron the desktop tests run, and where the app that they start is. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');
/** `electron-builder --dir` puts it there on Linux, where the tests run. */
export const PACKAGED_FOLDER = path.join(ROOT, 'release', 'linux-unpacked');
export const PACKAGED_APP = path.join(PACKAGED_FOLDER, 'loyaltill');
export const ARCHIVE = path.join(PACKAGED_FOLDER, 'resources', 'app.asar');

/** The first Electron whose Node has all that our libraries load with; older ones need the shim of the test build. */
const WHOLE_RUNTIME_MAJOR = 30;

export type ElectronUnderTest = { folder: string; version: string; executable: string; needsTestRuntime: boolean };

export function electronUnderTest(): ElectronUnderTest {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(ROOT, 'node_modules', 'electron', 'dist');
  const version = readFileSync(path.join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  const needsTestRuntime = Number(version.split('.')[0]) < WHOLE_RUNTIME_MAJOR;
  return { folder, version, executable: path.join(folder, 'electron'), needsTestRuntime };
}

/** Loads what electron-builder itself uses, so that what is read is what it wrote. */
export function builderRequire(): NodeJS.Require {
  const own = createRequire(import.meta.url);
  return createRequire(createRequire(own.resolve('electron-builder')).resolve('app-builder-lib'));
}
