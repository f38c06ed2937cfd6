/** One desktop program per data folder. A second start shows the window of the first and ends. */
import type { App, BrowserWindow } from 'electron';

/** False: another instance has it, and this one must end. The lock is tied to userData, which must be set before. */
export function isFirstInstance(app: App): boolean {
  return app.requestSingleInstanceLock();
}

export function showOnSecondStart(app: App, window: BrowserWindow): void {
  app.on('second-instance', () => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  });
}
