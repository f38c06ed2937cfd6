import type { CallMessage } from '../../../till/contract/messages.ts';
import { retryDelayMs } from './back-off.ts';
import type { Clock, Transport, TransportEvents } from './transport.ts';

export type SocketTransportOptions = {
  /** Opens a connection to `/engine`; the session's cookie goes with it by itself. */
  open: () => WebSocket;
  /** Whether the host takes this browser's session: a refused upgrade looks like any other failure to a WebSocket. */
  hasSession: () => Promise<boolean>;
  clock: Clock;
};

/** The browser host: JSON text over a WebSocket, opened again after every loss. */
export function socketTransport({ open, hasSession, clock }: SocketTransportOptions): Transport {
  let events: TransportEvents | undefined;
  let socket: WebSocket | undefined;
  let attempt = 0;

  const connect = (): void => {
    const next = open();
    let opened = false;
    socket = next;
    next.addEventListener('open', () => {
      opened = true;
      attempt = 0;
      events?.up((message) => sendText(next, message));
    });
    next.addEventListener('message', (event) => (socket === next ? events?.frame(parsedJson(event.data)) : undefined));
    next.addEventListener('close', () => (socket === next ? void lost(opened) : undefined));
  };
  const lost = async (wasOpen: boolean): Promise<void> => {
    socket = undefined;
    if (wasOpen) events?.down('away');
    else events?.down((await hasSession()) ? 'away' : 'no-session');
    clock.after(retryDelayMs(attempt, clock.random()), connect);
    attempt += 1;
  };

  return {
    start(given) {
      events = given;
      connect();
    },
    renew() {
      const silent = socket;
      if (silent === undefined) return;
      silent.close();
      void lost(true); // the close event of a peer that is gone may take minutes
    },
  };
}

function sendText(socket: WebSocket, message: CallMessage): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
}

function parsedJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
