/** The desktop shell's table of contents. What each line does, and why, is in the module it names. */
import path from 'node:path';
import { app, dialog, ipcMain, Menu, safeStorage, session, utilityProcess, type BrowserWindow } from 'electron';
import { createLog, type Log } from '../base/node/log.ts';
import type { Refusal } from '../base/result.ts';
import { readTillConfig, type TillConfig } from '../till/hosts/till-config.ts';
import { appPaths } from './app-paths.ts';
import { registerAppScheme, serveAppScheme } from './app-scheme.ts';
import { giveEnginePorts } from './engine-ports.ts';
import { superviseEngine, type EngineSupervisor } from './engine-supervisor.ts';
import { loadSealingKey, type SealingKey } from './key-store.ts';
import { openLogFile } from './log-file.ts';
import { forbidNavigation } from './navigation.ts';
import { denyAllPermissions, denyForeignRequests } from './permissions.ts';
import { isFirstInstance, showOnSecondStart } from './single-instance.ts';
import { openTillWindow } from './till-window.ts';

const paths = appPaths(app.getAppPath());
const devTools = !app.isPackaged;

app.enableSandbox();
registerAppScheme();
forbidNavigation(app);
main();

function main(): void {
  const { commandLine } = app;
  const dataFolder = path.resolve(
    commandLine.getSwitchValue('data-folder') || path.join(app.getPath('userData'), 'till'),
  );
  // Electron's own files too: two tills on one computer, each with its folder, are two instances.
  app.setPath('userData', path.join(dataFolder, 'desktop'));
  if (!isFirstInstance(app)) return app.exit(0);
  const log = createLog(
    'desktop',
    openLogFile(path.join(dataFolder, 'logs', 'desktop.log'), (line) => process.stderr.write(line)),
  );
  void app.whenReady().then(() => {
    const config = readTillConfig(dataFolder);
    if (!config.ok) return void endWith(config.error);
    const key = loadSealingKey(dataFolder, safeStorage, process.platform);
    if (!key.ok) return void endWith(key.error);
    start({
      dataFolder,
      config: config.value,
      key: key.value,
      kiosk: commandLine.hasSwitch('kiosk') || config.value.window.kiosk,
      log,
    });
  });
}

type Start = { dataFolder: string; config: TillConfig; key: SealingKey; kiosk: boolean; log: Log };

function start({ dataFolder, config, key, kiosk, log }: Start): void {
  denyAllPermissions(session.defaultSession);
  denyForeignRequests(session.defaultSession, devTools);
  serveAppScheme(paths.rendererFolder);
  if (process.platform !== 'darwin' && app.isPackaged) Menu.setApplicationMenu(null);
  const window = openTillWindow({ preload: paths.preload, kiosk, devTools, log });
  const engine = superviseEngine({
    fork: () => utilityProcess.fork(paths.engine, [], { serviceName: 'loyaltill-engine' }),
    open: { dataFolder, migrationsFolder: paths.migrationsFolder, checkProgram: paths.check, sealingKey: key, config },
    log,
    onOpened: () => ports.engineOpened(),
    onTrouble: sayOnce(window, log),
  });
  const ports = giveEnginePorts({ ipc: ipcMain, window, engine, log });
  showOnSecondStart(app, window);
  endWithWindow(engine);
}

/** Each of the engine's troubles stands in a box beside the window, once; the supervisor goes on trying. */
function sayOnce(window: BrowserWindow, log: Log): (refusal: Refusal) => void {
  const said = new Set<string>();
  return (refusal) => {
    log.error({ reason: refusal.code }, refusal.message);
    if (said.has(refusal.code) || window.isDestroyed()) return;
    said.add(refusal.code);
    void dialog.showMessageBox(window, {
      type: 'error',
      title: 'Loyaltill',
      message: refusal.message,
    });
  };
}

function endWithWindow(engine: EngineSupervisor): void {
  let closed = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void engine.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}

async function endWith(refusal: Refusal): Promise<void> {
  process.stderr.write(`${refusal.message}\n`);
  await dialog.showMessageBox({
    type: 'error',
    title: 'Loyaltill',
    message: 'Loyaltill cannot start.',
    detail: refusal.message,
  });
  app.exit(1);
}
