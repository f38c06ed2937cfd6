/** Which Electron the desktop tests run, and where the app that they start is. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { electronVersion, needsTestRuntime } from '../../../scripts/build/test-runtime.ts';

export const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');
/** `electron-builder --dir` puts it there on Linux, where the tests run. */
export const PACKAGED_FOLDER = path.join(ROOT, 'release', 'linux-unpacked');
export const PACKAGED_APP = path.join(PACKAGED_FOLDER, 'loyaltill');
export const ARCHIVE = path.join(PACKAGED_FOLDER, 'resources', 'app.asar');

export type ElectronUnderTest = { folder: string; version: string; executable: string; needsTestRuntime: boolean };

export function electronUnderTest(): ElectronUnderTest {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(ROOT, 'node_modules', 'electron', 'dist');
  return {
    folder,
    version: electronVersion(folder),
    executable: path.join(folder, 'electron'),
    needsTestRuntime: needsTestRuntime(folder),
  };
}

/** Loads what electron-builder itself uses, so that what is read is what it wrote. */
export function builderRequire(): NodeJS.Require {
  const own = createRequire(import.meta.url);
  return createRequire(createRequire(own.resolve('electron-builder')).resolve('app-builder-lib'));
}
