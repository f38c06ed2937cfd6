/**
 * Where the application's own files are. `app.getAppPath()` is the checkout when Electron runs it unpackaged, and resources/app.asar in a
 * packaged one; the layout below it is the same, and Electron's fs reads inside the archive. Only native modules lie outside (app.asar.unpacked).
 */
import path from 'node:path';

export type AppPaths = {
  preload: string;
  engine: string;
  /** The long look at the ledger. */
  check: string;
  rendererFolder: string;
  migrationsFolder: string;
};

export function appPaths(appPath: string): AppPaths {
  return {
    preload: path.join(appPath, 'dist', 'electron', 'preload.cjs'),
    engine: path.join(appPath, 'dist', 'electron', 'engine.cjs'),
    check: path.join(appPath, 'dist', 'electron', 'ledger-check.cjs'),
    rendererFolder: path.join(appPath, 'dist', 'till'),
    migrationsFolder: path.join(appPath, 'migrations'),
  };
}
