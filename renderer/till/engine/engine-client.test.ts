import { describe, expect, it } from 'vitest';
import { manualClock } from '../testing/manual-clock.ts';
import { manualTransport } from '../testing/manual-transport.ts';
import { engineClient, type EngineState } from './engine-client.ts';
import { CALL_TIMEOUT_MS } from './pending-calls.ts';

const COMMAND = '0b9f7c1e-2f63-4f3c-9a58-6a1de25f9f01';
const VOID = { command: COMMAND, sale: 'sale-1' };
const VOIDED = {
  sale: 'sale-1',
  receipt: 'T1-1',
  member: null,
  businessDate: '2026-03-02',
  money: 5,
  lines: [],
  returned: [],
  takenBack: [],
  gifts: [],
  whole: true,
  balances: [],
  tierAfter: null,
  printJob: null,
};

function open() {
  const transport = manualTransport();
  const clock = manualClock();
  const engine = engineClient(transport, clock);
  const states: EngineState[] = [];
  engine.onState((state) => states.push(state));
  engine.start();
  return { transport, clock, engine, states };
}

describe('the engine client', () => {
  it('asks and gives the parsed answer', async () => {
    const { transport, engine } = open();
    transport.up();
    const asked = engine.callEngine('member.find', { text: 'al' });
    expect(transport.sent).toEqual([{ type: 'call', id: 1, name: 'member.find', input: { text: 'al' } }]);
    const members = [{ member: 'm1', displayName: 'Alma', card: null, secret: 'dropped' }];
    transport.frame({ type: 'answer', id: 1, ok: true, value: { members } });
    expect(await asked).toEqual({ ok: true, value: { members: [{ member: 'm1', displayName: 'Alma', card: null }] } });
  });

  it('gives a refusal as a value', async () => {
    const { transport, engine } = open();
    transport.up();
    const asked = engine.callEngine('member.identify', { card: 'x' });
    const error = { code: 'unknown-card', message: 'Not known.' };
    transport.frame({ type: 'answer', id: 1, ok: false, error });
    expect(await asked).toEqual({ ok: false, error });
  });

  it('takes no answer of another shape', async () => {
    const { transport, engine } = open();
    transport.up();
    const asked = engine.callEngine('member.find', { text: 'al' });
    transport.frame({ type: 'answer', id: 1, ok: true, value: { members: 'all of them' } });
    expect(await asked).toMatchObject({ ok: false, error: { code: 'engine-answer' } });
  });

  it('drops what is no frame, no answer to it and no event of the contract', async () => {
    const { transport, engine } = open();
    const heard: unknown[] = [];
    engine.onEvent('member', (event) => heard.push(event));
    transport.up();
    const asked = engine.callEngine('catalogue.list', {});
    for (const frame of [
      undefined,
      'text',
      { type: 'answer', id: 99, ok: true, value: 1 },
      { type: 'event', name: 'member', payload: { member: '' } },
      { type: 'event', name: 'toString', payload: {} },
      { type: 'event', name: 'member', payload: { member: 'm1' } },
      { type: 'answer', id: 1, ok: true, value: { items: [] } },
      { type: 'answer', id: 1, ok: true, value: { items: 'again' } },
    ]) {
      transport.frame(frame);
    }
    expect({ heard, answer: await asked }).toEqual({
      heard: [{ member: 'm1' }],
      answer: { ok: true, value: { items: [] } },
    });
  });

  it('keeps what is asked before the first connection', async () => {
    const { transport, engine } = open();
    const asked = engine.callEngine('catalogue.list', {});
    expect(transport.sent).toEqual([]);
    transport.up();
    transport.frame({ type: 'answer', id: 1, ok: true, value: { items: [] } });
    expect(await asked).toEqual({ ok: true, value: { items: [] } });
  });

  it('ends a question honestly when the engine dies, and refuses the next until it is back', async () => {
    const { transport, engine, states } = open();
    transport.up();
    const asked = engine.callEngine('catalogue.list', {});
    transport.down();
    const next = await engine.callEngine('catalogue.list', {});
    transport.up();
    expect({ codes: [await asked, next].map((answer) => (answer.ok ? 'ok' : answer.error.code)), states }).toEqual({
      codes: ['engine-lost', 'engine-lost'],
      states: ['connecting', 'ready', 'away', 'ready'],
    });
    expect(transport.sent).toHaveLength(1);
  });

  it('sends a command again after a crash, the same to the letter, and gives its one answer', async () => {
    const { transport, engine } = open();
    transport.up();
    const voided = engine.callEngine('sale.void', VOID);
    transport.down();
    transport.up();
    transport.down();
    transport.up();
    const [first, ...others] = transport.sent;
    expect(first).toEqual({ type: 'call', id: 1, name: 'sale.void', input: VOID });
    expect(others).toEqual([first, first]);
    transport.frame({ type: 'answer', id: 1, ok: true, value: VOIDED });
    expect(await voided).toEqual({ ok: true, value: VOIDED });
    transport.down();
    transport.up();
    expect(transport.sent).toHaveLength(3);
  });

  it('takes a command while the engine is away, and sends it when it is back', () => {
    const { transport, engine } = open();
    transport.up();
    transport.down();
    void engine.callEngine('sale.void', VOID);
    expect(transport.sent).toEqual([]);
    transport.up();
    expect(transport.sent).toHaveLength(1);
  });

  it('gives a silent engine up: a question ends, a command waits on, both get a new connection', async () => {
    const { transport, clock, engine } = open();
    transport.up();
    const asked = engine.callEngine('catalogue.list', {});
    const voided = engine.callEngine('sale.void', VOID);
    clock.pass(CALL_TIMEOUT_MS);
    expect(await asked).toMatchObject({ ok: false, error: { code: 'engine-silent' } });
    expect(transport.renewals()).toBeGreaterThan(0);
    transport.down();
    transport.up();
    transport.frame({ type: 'answer', id: 2, ok: true, value: VOIDED });
    expect(await voided).toEqual({ ok: true, value: VOIDED });
  });

  it('says that there is no session', () => {
    const { transport, states } = open();
    transport.down('no-session');
    expect(states).toEqual(['connecting', 'no-session']);
  });
});
