/**
 * Asks the till engine and hears from it, over either transport. Nothing that comes in is trusted: frames, answers and events are parsed by
 * the contract's schemas. When the engine is lost, plain questions end in a refusal that says so; commands, which carry their own id, are
 * sent again when it is back and end in the engine's one answer, so that a crash neither sells twice nor leaves the cashier guessing.
 */
import { ok, refused, type Refusal, type Result } from '../../../base/result.ts';
import {
  tillCalls,
  tillEvents,
  type TillCallName,
  type TillEvent,
  type TillEventName,
  type TillInput,
  type TillOutput,
} from '../../../till/contract/calls.ts';
import { engineMessageSchema, type CallMessage, type EngineMessage } from '../../../till/contract/messages.ts';
import { LOST, pendingCalls } from './pending-calls.ts';
import type { Clock, EngineLoss, Transport } from './transport.ts';

export type EngineState = 'connecting' | 'ready' | EngineLoss;
export type Answer<Name extends TillCallName> = Result<TillOutput<Name>, Refusal>;
export type CallEngine = <Name extends TillCallName>(name: Name, input: TillInput<Name>) => Promise<Answer<Name>>;

export type EngineClient = {
  start(): void;
  callEngine: CallEngine;
  onEvent<Name extends TillEventName>(name: Name, listener: (event: TillEvent<Name>) => void): void;
  /** Called on every change, and at once with what is so now. */
  onState(listener: (state: EngineState) => void): void;
};

export function engineClient(transport: Transport, clock: Clock): EngineClient {
  const listeners: { name: string; listener: (event: never) => void }[] = [];
  const stateListeners: ((state: EngineState) => void)[] = [];
  let state: EngineState = 'connecting';
  let send: ((message: CallMessage) => void) | undefined;
  let lastId = 0;
  const pending = pendingCalls(clock, () => (send === undefined ? undefined : transport.renew()));

  const become = (next: EngineState): void => {
    if (state === next) return;
    state = next;
    for (const listener of stateListeners) listener(state);
  };
  const takeEvent = (name: string, payload: unknown): void => {
    const event = parseEvent(name, payload);
    if (event === undefined) return;
    for (const other of listeners) if (other.name === name) other.listener(event as never); // parsed by the schema of that very name
  };

  return {
    start() {
      transport.start({
        up(through) {
          send = through;
          become('ready');
          for (const message of pending.messages()) through(message);
        },
        down(loss) {
          send = undefined;
          become(loss);
          pending.lose();
        },
        frame(frame) {
          const parsed = engineMessageSchema.safeParse(frame);
          if (!parsed.success) return;
          if (parsed.data.type === 'event') takeEvent(parsed.data.name, parsed.data.payload);
          else pending.settle(parsed.data.id, resultOf(parsed.data));
        },
      });
    },
    async callEngine(name, input) {
      if (send === undefined && state !== 'connecting' && !COMMANDS.has(name)) return LOST;
      const message: CallMessage = { type: 'call', id: ++lastId, name, input };
      const answered = pending.add(message, COMMANDS.has(name));
      send?.(message);
      const answer = await answered;
      return answer.ok ? parseOutput(name, answer.value) : answer;
    },
    onEvent(name, listener) {
      listeners.push({ name, listener });
    },
    onState(listener) {
      stateListeners.push(listener);
      listener(state);
    },
  };
}

/** Calls whose input carries a command id: the same one twice gives the same answer and one entry. */
const COMMANDS: ReadonlySet<TillCallName> = new Set<TillCallName>([
  'member.enrol',
  'sale.commit',
  'sale.void',
  'receipt.reprint',
  'print.again',
]);

function parseOutput<Name extends TillCallName>(name: Name, value: unknown): Answer<Name> {
  const parsed = tillCalls[name].output.safeParse(value);
  if (!parsed.success)
    return refused('engine-answer', 'The till answered something that this screen does not understand.');
  return ok(parsed.data as TillOutput<Name>); // parsed by that very call's schema
}

function parseEvent(name: string, payload: unknown): unknown {
  if (!Object.hasOwn(tillEvents, name)) return undefined;
  const parsed = tillEvents[name as TillEventName].safeParse(payload); // an own key of the events
  return parsed.success ? parsed.data : undefined;
}

function resultOf(answer: Exclude<EngineMessage, { type: 'event' }>): Result<unknown, Refusal> {
  if (answer.ok) return ok(answer.value);
  return refused(answer.error.code, answer.error.message, answer.error.path);
}
