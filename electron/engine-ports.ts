/**
 * Gives the page its port to the engine: when it asks, and again whenever a new engine has opened. A new port means that the old one is
 * dead, and that calls without an answer must be made again (commands carry an id, so that is safe).
 */
import { MessageChannelMain, type BrowserWindow, type IpcMain } from 'electron';
import type { Log } from '../base/node/log.ts';
import { ENGINE_PORT_CHANNEL } from './channels.ts';
import type { EngineSupervisor } from './engine-supervisor.ts';
import { isTrustedSender } from './trusted-sender.ts';

export type EnginePorts = {
  /** A new engine is open: whoever asked before gets a port to it. */
  engineOpened(): void;
};

export type EnginePortsOptions = {
  ipc: IpcMain;
  window: BrowserWindow;
  engine: EngineSupervisor;
  log: Log;
};

export function giveEnginePorts({ ipc, window, engine, log }: EnginePortsOptions): EnginePorts {
  let asked = false;

  const give = (): void => {
    if (!asked || window.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    if (!engine.connect(port1)) return; // it comes when the engine is open
    window.webContents.postMessage(ENGINE_PORT_CHANNEL, null, [port2]);
  };

  ipc.on(ENGINE_PORT_CHANNEL, (event) => {
    if (!isTrustedSender(event, window.webContents)) {
      log.warn({ url: event.senderFrame?.url ?? null }, 'a frame that is not ours asked for the engine');
      return;
    }
    asked = true;
    give();
  });
  window.webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) asked = false; // the page that asked is going; the next one asks for itself
  });
  return { engineOpened: give };
}
