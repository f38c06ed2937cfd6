/**
 * All that the page gets from the desktop shell: which platform it is, and a way to ask for its port to the engine. Runs sandboxed, so it
 * is built into one CommonJS file. The port comes as a window message, because a MessagePort cannot cross the context bridge.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { ENGINE_PORT_CHANNEL, ENGINE_PORT_MESSAGE, PRELOAD_NAME } from './channels.ts';

ipcRenderer.on(ENGINE_PORT_CHANNEL, (event) => {
  window.postMessage(ENGINE_PORT_MESSAGE, window.location.origin, [...event.ports]);
});

contextBridge.exposeInMainWorld(PRELOAD_NAME, {
  platform: process.platform,
  requestEnginePort: (): void => {
    ipcRenderer.send(ENGINE_PORT_CHANNEL);
  },
});
