import type { IpcMainEvent, WebContents, WebFrameMain } from 'electron';
import { describe, expect, it } from 'vitest';
import { isTrustedSender } from './trusted-sender.ts';

type Event = Pick<IpcMainEvent, 'sender' | 'senderFrame'>;

const frame = (url: string): WebFrameMain => ({ url }) as WebFrameMain; // what is read of it
const contents = (mainFrame: WebFrameMain, isDestroyed = false): WebContents =>
  ({ mainFrame, isDestroyed: () => isDestroyed }) as WebContents; // likewise

describe('a sender', () => {
  const main = frame('till://app/index.html');
  const ours = contents(main);

  it('is trusted as the main frame of our window on our page', () => {
    expect(isTrustedSender({ sender: ours, senderFrame: main }, ours)).toBe(true);
  });

  const foreign = frame('https://example.org/');
  it.each<[string, Event, WebContents]>([
    ['a frame that is gone', { sender: ours, senderFrame: null }, ours],
    ['another frame of our page', { sender: ours, senderFrame: frame('till://app/index.html') }, ours],
    ['another window on our page', { sender: contents(main), senderFrame: main }, ours],
    ['a host that begins like ours', { sender: ours, senderFrame: frame('till://app.example/') }, ours],
    ['a window that is gone', { sender: contents(main, true), senderFrame: main }, contents(main, true)],
  ])('is not trusted as %s', (_what, event, window) => {
    expect(isTrustedSender(event, window)).toBe(false);
  });

  it('is judged by its page, not only by its window', () => {
    const away = contents(foreign);
    expect(isTrustedSender({ sender: away, senderFrame: foreign }, away)).toBe(false);
  });
});
