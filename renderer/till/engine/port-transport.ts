import { retryDelayMs } from './back-off.ts';
import type { Clock, Transport, TransportEvents } from './transport.ts';

/** The message by which the desktop shell's preload hands a port over; electron/channels.ts says the same. */
export const ENGINE_PORT_MESSAGE = 'loyaltill:engine-port';

/** What the preload exposes as `window.loyaltill`. */
export type DesktopShell = { readonly platform: string; requestEnginePort(): void };

type PortWindow = Pick<Window, 'addEventListener'>;

/**
 * The shell sends a port when it is asked, and a new one whenever it has started the engine anew. A port says nothing when the engine
 * behind it dies (older Chromium has no `close` event), so a new port always replaces the one before.
 */
export function portTransport(shell: DesktopShell, page: PortWindow, clock: Clock): Transport {
  let events: TransportEvents | undefined;
  let port: MessagePort | undefined;
  let attempt = 0;
  let cancelAsk = (): void => undefined;

  const ask = (): void => {
    shell.requestEnginePort();
    cancelAsk = clock.after(retryDelayMs(attempt, clock.random()) + ANSWER_MS, ask);
    attempt += 1;
  };
  const drop = (): void => {
    if (port === undefined) return;
    port.close();
    port = undefined;
    events?.down('away');
  };
  const take = (next: MessagePort): void => {
    drop();
    cancelAsk();
    attempt = 0;
    port = next;
    next.addEventListener('message', (event) => (port === next ? events?.frame(event.data) : undefined));
    next.addEventListener('close', () => (port === next ? lose() : undefined));
    next.start();
    events?.up((message) => (port === next ? next.postMessage(message) : undefined));
  };
  const lose = (): void => {
    drop();
    cancelAsk();
    cancelAsk = clock.after(retryDelayMs(attempt, clock.random()), ask);
  };

  return {
    start(given) {
      events = given;
      page.addEventListener('message', (event) => {
        const [handed] = event.data === ENGINE_PORT_MESSAGE ? event.ports : [];
        if (handed !== undefined) take(handed);
      });
      // Electron 25 crashes a page that reloads with an open port that somebody listens to.
      page.addEventListener('pagehide', () => port?.close());
      ask();
    },
    renew: lose,
  };
}

/** How long the shell may take before it is asked again. */
const ANSWER_MS = 1_000;
