import type { CallMessage } from '../../../till/contract/messages.ts';
import type { EngineLoss, Transport, TransportEvents } from '../engine/transport.ts';

export type ManualTransport = Transport & {
  /** What was sent over the connection that stands now and those before. */
  readonly sent: CallMessage[];
  readonly renewals: () => number;
  up(): void;
  down(loss?: EngineLoss): void;
  frame(frame: unknown): void;
};

/** A connection that comes, goes and speaks when the test says so. */
export function manualTransport(): ManualTransport {
  let events: TransportEvents | undefined;
  let renewals = 0;
  const sent: CallMessage[] = [];
  return {
    sent,
    renewals: () => renewals,
    start: (given) => {
      events = given;
    },
    renew: () => {
      renewals += 1;
    },
    up: () => events?.up((message) => sent.push(message)),
    down: (loss = 'away') => events?.down(loss),
    frame: (frame) => events?.frame(frame),
  };
}
