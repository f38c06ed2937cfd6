import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { EngineMessage } from '../contract/messages.ts';
import { MESSAGE_BYTES_MAX } from '../contract/messages.ts';
import { serveConnection, type Connection } from './connection.ts';
import type { EngineAnswer } from './engine-handle.ts';

type Listener = (name: 'status', payload: unknown) => void;
type Served = {
  connection: Connection;
  sent: EngineMessage[];
  logged: () => Record<string, unknown>[];
  emit: Listener;
  listeners: Set<Listener>;
};

function serve(call: (name: string, input: unknown) => Promise<EngineAnswer>, callsInFlightMax = 32): Served {
  const sent: EngineMessage[] = [];
  const lines: string[] = [];
  const listeners = new Set<Listener>();
  const connection = serveConnection({
    engine: {
      call,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    send: (message) => sent.push(message),
    log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
    callsInFlightMax,
  });
  const emit: Listener = (name, payload) => listeners.forEach((listener) => listener(name, payload));
  return {
    connection,
    sent,
    listeners,
    emit,
    logged: () => lines.map((line): Record<string, unknown> => JSON.parse(line) as Record<string, unknown>),
  }; // pino writes objects
}

const echo = (name: string, input: unknown): Promise<EngineAnswer> =>
  Promise.resolve({ ok: true, value: { name, input } });
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a connection', () => {
  it("answers a call with the engine's value, as an object and as text", async () => {
    const { connection, sent } = serve(echo);
    connection.receive({ type: 'call', id: 1, name: 'till.status', input: {} });
    connection.receiveText(JSON.stringify({ type: 'call', id: 2, name: 'member.identify', input: { card: 'A' } }));
    await settled();
    expect(sent).toEqual([
      { type: 'answer', id: 1, ok: true, value: { name: 'till.status', input: {} } },
      { type: 'answer', id: 2, ok: true, value: { name: 'member.identify', input: { card: 'A' } } },
    ]);
  });

  it('hands a refusal on as it is', async () => {
    const { connection, sent } = serve(() =>
      Promise.resolve({ ok: false, error: { code: 'unknown-card', message: 'No such card.' } }),
    );
    connection.receive({ type: 'call', id: 5, name: 'member.identify', input: { card: 'A' } });
    await settled();
    expect(sent).toEqual([
      { type: 'answer', id: 5, ok: false, error: { code: 'unknown-card', message: 'No such card.' } },
    ]);
  });

  it.each([
    ['a missing name', { type: 'call', id: 7, input: {} }, 'name'],
    ['a field too many', { type: 'call', id: 7, name: 'till.status', input: {}, more: 1 }, ''],
    ['another type', { type: 'shout', id: 7, name: 'till.status', input: {} }, 'type'],
    ['an unknown call', { type: 'call', id: 7, name: 'till.explode', input: {} }, 'name'],
    ['a name that every object has', { type: 'call', id: 7, name: 'constructor', input: {} }, 'name'],
    ['a map inside', { type: 'call', id: 7, name: 'till.status', input: new Map() }, undefined],
    ['too many bytes', { type: 'call', id: 7, name: 'till.status', input: 'x'.repeat(MESSAGE_BYTES_MAX) }, undefined],
  ])('refuses %s and says where', async (_what, frame, path) => {
    const { connection, sent } = serve(echo);
    connection.receive(frame);
    await settled();
    expect(sent).toEqual([
      {
        type: 'answer',
        id: 7,
        ok: false,
        error: {
          code: 'invalid-request',
          message: expect.any(String) as string,
          ...(path === undefined ? {} : { path }),
        },
      }, // asymmetric matcher
    ]);
  });

  it('refuses a frame that holds itself', async () => {
    const { connection, sent } = serve(echo);
    const frame: Record<string, unknown> = { type: 'call', id: 3, name: 'till.status' };
    frame['input'] = frame;
    connection.receive(frame);
    await settled();
    expect(sent).toMatchObject([{ id: 3, ok: false, error: { code: 'invalid-request' } }]);
  });

  it.each([['text'], [null], [[1, 2]], [{ id: 1.5 }], [{ id: -1 }], [{ id: '1' }]])(
    'drops %j, which names no call, and logs no content',
    async (frame) => {
      const { connection, sent, logged } = serve(echo);
      connection.receive(frame);
      await settled();
      expect({ sent, lines: logged().map(({ msg, reason }) => ({ msg, reason })) }).toEqual({
        sent: [],
        lines: [{ msg: 'frame dropped', reason: 'This message has the wrong shape.' }],
      });
    },
  );

  it('drops text that is no JSON or too long, and stops logging it after a while', () => {
    const { connection, sent, logged } = serve(echo);
    for (let frame = 0; frame < 100; frame += 1) connection.receiveText('{"secret');
    connection.receiveText('x'.repeat(MESSAGE_BYTES_MAX + 1));
    expect({ sent, lines: logged().length, leaks: JSON.stringify(logged()).includes('secret') }).toEqual({
      sent: [],
      lines: 20,
      leaks: false,
    });
  });

  it('answers a bug without its detail, logs it and goes on', async () => {
    let calls = 0;
    const { connection, sent, logged } = serve((name, input) => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error('the detail')) : echo(name, input);
    });
    connection.receive({ type: 'call', id: 1, name: 'till.status', input: {} });
    await settled();
    connection.receive({ type: 'call', id: 2, name: 'till.status', input: {} });
    await settled();
    expect(sent).toMatchObject([
      { id: 1, ok: false, error: { code: 'engine-error' } },
      { id: 2, ok: true },
    ]);
    expect(JSON.stringify(sent)).not.toContain('the detail');
    expect(JSON.stringify(logged())).toContain('the detail');
  });

  it('bounds the calls in flight and takes more when they are done', async () => {
    const waiting: ((answer: EngineAnswer) => void)[] = [];
    const { connection, sent } = serve(() => new Promise((resolve) => waiting.push(resolve)), 2);
    for (const id of [1, 2, 3]) connection.receive({ type: 'call', id, name: 'till.status', input: {} });
    await settled();
    expect(sent).toMatchObject([{ id: 3, ok: false, error: { code: 'engine-busy' } }]);
    waiting.splice(0).forEach((resolve) => resolve({ ok: true, value: 'done' }));
    await settled();
    connection.receive({ type: 'call', id: 4, name: 'till.status', input: {} });
    waiting.forEach((resolve) => resolve({ ok: true, value: 'done' }));
    await settled();
    expect(sent.slice(1)).toEqual([1, 2, 4].map((id) => ({ type: 'answer', id, ok: true, value: 'done' })));
  });

  it('forwards events until it is closed, and then says nothing more', async () => {
    const { connection, sent, emit, listeners } = serve(echo);
    emit('status', { online: true });
    connection.receive({ type: 'call', id: 1, name: 'till.status', input: {} });
    connection.close();
    emit('status', { online: false });
    connection.receive({ type: 'call', id: 2, name: 'till.status', input: {} });
    await settled();
    expect({ sent, listeners: listeners.size }).toEqual({
      sent: [{ type: 'event', name: 'status', payload: { online: true } }],
      listeners: 0,
    });
  });
});
