import type { CallMessage } from '../../../till/contract/messages.ts';

/** What carries frames to the till engine and back: a MessagePort in the desktop app, a WebSocket in the browser. It finds its own way back after a loss. */
export type Transport = {
  start(events: TransportEvents): void;
  /** The peer is silent: give the current connection up and get another. */
  renew(): void;
};

export type TransportEvents = {
  /** A connection stands; `send` belongs to it and does nothing once it is gone. */
  up(send: (message: CallMessage) => void): void;
  /** The connection is gone, or could not be made. */
  down(loss: EngineLoss): void;
  /** A frame as an object, unparsed. */
  frame(frame: unknown): void;
};

/** `away`: the engine does not answer, and is asked again. `no-session`: this browser has no right to ask. */
export type EngineLoss = 'away' | 'no-session';

/** Time, passed in, so that tests need none. */
export type Clock = {
  /** Calls once after `delayMs`; the result cancels. */
  after(delayMs: number, callback: () => void): () => void;
  /** 0 included, 1 not. */
  random(): number;
};

export const BROWSER_CLOCK: Clock = {
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
