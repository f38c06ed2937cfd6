/** Who may ask main for something: the main frame of one of our windows, showing our own page. The frame may be gone when the message is read. */
import type { IpcMainEvent, WebContents } from 'electron';
import { isAppUrl } from './app-url.ts';

export function isTrustedSender(event: Pick<IpcMainEvent, 'sender' | 'senderFrame'>, ours: WebContents): boolean {
  const frame = event.senderFrame;
  if (frame === null || event.sender !== ours || ours.isDestroyed()) return false;
  return frame === ours.mainFrame && isAppUrl(frame.url);
}
