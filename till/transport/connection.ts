/**
 * One screen's connection to the engine, whatever carries it. Nothing that comes in is trusted: a frame is measured, then parsed, then its
 * call's name is looked up, and the engine parses the input. What is wrong gets a refusal if it says which call it was.
 */
import type { Log } from '../../base/node/log.ts';
import { refused } from '../../base/result.ts';
import { tillCalls } from '../contract/calls.ts';
import { callMessageSchema, MESSAGE_BYTES_MAX, type CallMessage, type EngineMessage } from '../contract/messages.ts';
import type { EngineAnswer, EngineHandle } from './engine-handle.ts';
import { frameBytes, NOT_PLAIN } from './frame-bytes.ts';

const CALLS_IN_FLIGHT_MAX = 32;
/** A page that sends rubbish must not fill the disk with our complaints about it. */
const DROPS_LOGGED_MAX = 20;

export type Connection = {
  /** A frame as an object: what a MessagePort delivers. */
  receive(frame: unknown): void;
  /** A frame as JSON text: what a WebSocket delivers. */
  receiveText(text: string): void;
  /** Ends events and answers. Calls that run go on: the engine finishes what it began. */
  close(): void;
};

export type ConnectionOptions = {
  engine: Pick<EngineHandle, 'call' | 'subscribe'>;
  send(message: EngineMessage): void;
  log: Log;
  callsInFlightMax?: number;
};

export function serveConnection(options: ConnectionOptions): Connection {
  const { engine, log, callsInFlightMax = CALLS_IN_FLIGHT_MAX } = options;
  let open = true;
  let inFlight = 0;
  let dropped = 0;

  const send = (message: EngineMessage): void => {
    if (open) options.send(message);
  };
  const answer = (id: number, outcome: EngineAnswer): void =>
    send(
      outcome.ok
        ? { type: 'answer', id, ok: true, value: outcome.value }
        : { type: 'answer', id, ok: false, error: outcome.error },
    );
  const refuse = (frame: unknown, message: string, path?: string): void => {
    const id = idOf(frame);
    if (id !== undefined) answer(id, refused('invalid-request', message, path));
    else if (++dropped <= DROPS_LOGGED_MAX) log.warn({ reason: message, path, dropped }, 'frame dropped');
  };

  const run = async (message: CallMessage): Promise<void> => {
    if (inFlight >= callsInFlightMax) {
      answer(message.id, refused('engine-busy', 'The till has too much to do at once. Try again in a moment.'));
      return;
    }
    inFlight += 1;
    try {
      answer(message.id, await engine.call(message.name, message.input));
    } catch (error) {
      log.error({ err: error, call: message.name }, 'a call ended in a bug');
      answer(message.id, refused('engine-error', 'The till could not do this. Its log says why.'));
    } finally {
      inFlight -= 1;
    }
  };

  const receive = (frame: unknown): void => {
    if (!open) return;
    const bytes = frameBytes(frame, MESSAGE_BYTES_MAX);
    if (bytes === NOT_PLAIN) return refuse(frame, 'A message may hold plain values only.');
    if (bytes > MESSAGE_BYTES_MAX) return refuse(frame, `A message has at most ${MESSAGE_BYTES_MAX} bytes.`);
    const parsed = callMessageSchema.safeParse(frame);
    if (!parsed.success)
      return refuse(frame, 'This message has the wrong shape.', parsed.error.issues[0]?.path.join('.'));
    if (!Object.hasOwn(tillCalls, parsed.data.name)) return refuse(frame, 'There is no call of this name.', 'name');
    void run(parsed.data);
  };

  const unsubscribe = engine.subscribe((name, payload) => send({ type: 'event', name, payload }));
  return {
    receive,
    receiveText(text) {
      if (Buffer.byteLength(text) > MESSAGE_BYTES_MAX)
        return refuse(undefined, `A message has at most ${MESSAGE_BYTES_MAX} bytes.`);
      const frame = parsedJson(text);
      if (frame === NOT_JSON) return refuse(undefined, 'A message must be JSON.');
      receive(frame);
    },
    close() {
      open = false;
      unsubscribe();
    },
  };
}

const NOT_JSON = Symbol('not JSON');

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

function idOf(frame: unknown): number | undefined {
  if (typeof frame !== 'object' || frame === null || !('id' in frame)) return undefined;
  return typeof frame.id === 'number' && Number.isSafeInteger(frame.id) && frame.id >= 0 ? frame.id : undefined;
}
