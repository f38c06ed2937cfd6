/** The till's one window. Everything that keeps the page in its box is written out, the defaults too: a changed default must not open it. */
import { BrowserWindow } from 'electron';
import type { Log } from '../base/node/log.ts';
import { APP_URL } from './app-url.ts';

const RELOAD_AFTER_CRASH_MS = 1_000;

export type TillWindowOptions = { preload: string; kiosk: boolean; devTools: boolean; log: Log };

export function openTillWindow({ preload, kiosk, devTools, log }: TillWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 800,
    minHeight: 600,
    show: false,
    kiosk,
    autoHideMenuBar: true,
    title: 'Loyaltill',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false, // it would fetch dictionaries
      devTools,
    },
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    log.error({ reason: details.reason, exitCode: details.exitCode }, 'the page crashed; it is loaded again');
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload();
    }, RELOAD_AFTER_CRASH_MS);
  });
  void window.loadURL(APP_URL).catch((error: unknown) => log.error({ err: error }, 'the page did not load'));
  return window;
}
