/** Calls that wait for their answer. Each is settled exactly once; late and repeated answers change nothing. */
import { refused, type Refusal, type Result } from '../../../base/result.ts';
import type { CallMessage } from '../../../till/contract/messages.ts';
import type { Clock } from './transport.ts';

/** An engine on the same machine answers in milliseconds; one that takes this long hangs. */
export const CALL_TIMEOUT_MS = 10_000;
/** Enrolment waits for head office and loads the first snapshot. */
export const ENROL_TIMEOUT_MS = 120_000;

type Pending = {
  readonly message: CallMessage;
  /** It carries a command id, so it may be sent again: it waits until it is answered. */
  readonly resend: boolean;
  settle(answer: Result<unknown, Refusal>): void;
  cancelWait(): void;
};

export type PendingCalls = {
  add(message: CallMessage, resend: boolean): Promise<Result<unknown, Refusal>>;
  settle(id: number, answer: Result<unknown, Refusal>): void;
  messages(): CallMessage[];
  /** Ends what may not be sent again. */
  lose(): void;
};

/** `onSilence` is called when an answer is overdue, again and again where the call waits on. */
export function pendingCalls(clock: Clock, onSilence: () => void): PendingCalls {
  const calls = new Map<number, Pending>();

  const settle = (id: number, answer: Result<unknown, Refusal>): void => {
    const call = calls.get(id);
    if (call === undefined) return;
    calls.delete(id);
    call.cancelWait();
    call.settle(answer);
  };
  const wait = (call: Pending): void => {
    const waitMs = call.message.name === 'till.enrol' ? ENROL_TIMEOUT_MS : CALL_TIMEOUT_MS;
    call.cancelWait = clock.after(waitMs, () => {
      if (call.resend) wait(call);
      else settle(call.message.id, SILENT);
      onSilence();
    });
  };

  return {
    add: (message, resend) =>
      new Promise((resolve) => {
        const call: Pending = { message, resend, settle: resolve, cancelWait: () => undefined };
        calls.set(message.id, call);
        wait(call);
      }),
    settle,
    messages: () => [...calls.values()].map((call) => call.message),
    lose() {
      for (const [id, call] of calls) if (!call.resend) settle(id, LOST);
    },
  };
}

export const LOST = refused('engine-lost', 'The till is starting again. Try once more in a moment.');
const SILENT = refused(
  'engine-silent',
  'The till does not answer. It is being reached anew; try once more in a moment.',
);
