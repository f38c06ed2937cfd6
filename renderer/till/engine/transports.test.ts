import { describe, expect, it } from 'vitest';
import type { CallMessage } from '../../../till/contract/messages.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { RETRY_DELAY_MS_MAX, RETRY_DELAY_MS_MIN, retryDelayMs } from './back-off.ts';
import { ENGINE_PORT_MESSAGE, portTransport } from './port-transport.ts';
import { hasSession, takeSession, type SessionPage } from './session.ts';
import { socketTransport } from './socket-transport.ts';
import type { TransportEvents } from './transport.ts';

const CALL: CallMessage = { type: 'call', id: 1, name: 'till.status', input: {} };

function recorder() {
  const heard: unknown[] = [];
  const senders: ((message: CallMessage) => void)[] = [];
  const events: TransportEvents = {
    up: (send) => {
      senders.push(send);
      heard.push('up');
    },
    down: (loss) => heard.push(loss),
    frame: (frame) => heard.push(frame),
  };
  return { heard, senders, events };
}

describe('back-off', () => {
  it('doubles up to a limit, with jitter taken off', () => {
    expect([0, 1, 2, 10, 1_000].map((attempt) => retryDelayMs(attempt, 0))).toEqual([
      RETRY_DELAY_MS_MIN,
      RETRY_DELAY_MS_MIN * 2,
      RETRY_DELAY_MS_MIN * 4,
      RETRY_DELAY_MS_MAX,
      RETRY_DELAY_MS_MAX,
    ]);
    expect(retryDelayMs(1_000, 0.999)).toBe(Math.round(RETRY_DELAY_MS_MAX * (1 - 0.999 / 4)));
  });
});

describe('the port transport', () => {
  function open() {
    const page = new EventTarget();
    const clock = manualClock();
    let asked = 0;
    const shell = { platform: 'linux', requestEnginePort: () => void (asked += 1) };
    const { heard, senders, events } = recorder();
    portTransport(shell, page as never, clock).start(events); // the part of a window that it uses
    const hand = (data: unknown, port: MessagePort): void => {
      page.dispatchEvent(Object.assign(new Event('message'), { data, ports: [port] }));
    };
    return { clock, heard, senders, hand, asked: () => asked };
  }

  it('asks for a port until one comes, and talks over it', async () => {
    const { clock, heard, senders, hand, asked } = open();
    expect(asked()).toBe(1);
    clock.pass(10_000);
    expect(asked()).toBeGreaterThan(2);
    const { port1, port2 } = new MessageChannel();
    const received = new Promise((resolve) => port2.addEventListener('message', (event) => resolve(event.data)));
    port2.start();
    hand(ENGINE_PORT_MESSAGE, port1);
    senders[0]?.(CALL);
    expect(await received).toEqual(CALL);
    const before = asked();
    clock.pass(60_000);
    expect({ heard, asks: asked() - before }).toEqual({ heard: ['up'], asks: 0 });
    port2.close();
  });

  it('lets a new port replace the dead one', () => {
    const { heard, senders, hand } = open();
    const first = new MessageChannel();
    const second = new MessageChannel();
    hand(ENGINE_PORT_MESSAGE, first.port1);
    hand(ENGINE_PORT_MESSAGE, second.port1);
    expect({ heard, connections: senders.length }).toEqual({ heard: ['up', 'away', 'up'], connections: 2 });
    for (const port of [first.port2, second.port2]) port.close();
  });

  it('takes no port with another message', () => {
    const { heard, hand } = open();
    const { port1, port2 } = new MessageChannel();
    hand('something else', port1);
    expect(heard).toEqual([]);
    port2.close();
  });
});

/** What the transport uses of a WebSocket, opened and closed by the test. */
class FakeSocket extends EventTarget {
  readonly OPEN = 1;
  readyState = 0;
  readonly sent: string[] = [];
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.readyState = 3;
  }
  becomeOpen(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }
  receive(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }
  lose(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }
}

describe('the socket transport', () => {
  function open(session: boolean) {
    const sockets: FakeSocket[] = [];
    const clock = manualClock();
    const { heard, senders, events } = recorder();
    const transport = socketTransport({
      open: () => {
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket as never; // the part of a WebSocket that it uses
      },
      hasSession: () => Promise.resolve(session),
      clock,
    });
    transport.start(events);
    return { sockets, clock, heard, senders, transport };
  }

  it('speaks JSON, and gives on nothing that is none', () => {
    const { sockets, heard, senders } = open(true);
    sockets[0]?.becomeOpen();
    senders[0]?.(CALL);
    sockets[0]?.receive('{"type":"event"}');
    sockets[0]?.receive('{');
    expect({ sent: sockets[0]?.sent, heard }).toEqual({
      sent: [JSON.stringify(CALL)],
      heard: ['up', { type: 'event' }, undefined],
    });
  });

  it('connects again after a loss, slower each time', async () => {
    const { sockets, clock, heard } = open(true);
    sockets[0]?.becomeOpen();
    sockets[0]?.lose();
    clock.pass(RETRY_DELAY_MS_MIN);
    expect(sockets).toHaveLength(2);
    sockets[1]?.lose();
    await Promise.resolve();
    clock.pass(RETRY_DELAY_MS_MIN);
    expect(sockets).toHaveLength(2);
    clock.pass(RETRY_DELAY_MS_MIN);
    expect(sockets).toHaveLength(3);
    sockets[2]?.becomeOpen();
    expect(heard).toEqual(['up', 'away', 'away', 'up']);
  });

  it('says that there is no session where the host refuses the connection for that', async () => {
    const { sockets, heard } = open(false);
    sockets[0]?.lose();
    await Promise.resolve();
    expect(heard).toEqual(['no-session']);
  });

  it('leaves a silent connection for a new one, and listens to the old one no more', () => {
    const { sockets, clock, heard, transport } = open(true);
    sockets[0]?.becomeOpen();
    transport.renew();
    clock.pass(RETRY_DELAY_MS_MIN);
    sockets[0]?.receive('{"late":true}');
    sockets[0]?.lose();
    sockets[1]?.becomeOpen();
    expect(heard).toEqual(['up', 'away', 'up']);
  });
});

describe('the session', () => {
  function page(hash: string, status: number) {
    const requests: unknown[] = [];
    const addresses: unknown[] = [];
    const fetched = (url: string, init: RequestInit): Promise<Response> => {
      requests.push([init.method, url, init.body]);
      return status === 0
        ? Promise.reject(new TypeError('no network'))
        : Promise.resolve(new Response(null, { status }));
    };
    const made: SessionPage = {
      location: { hash, pathname: '/', search: '?a=1' },
      history: { replaceState: (_data, _title, address) => void addresses.push(address) },
      fetch: fetched as typeof fetch, // called with a path and a method only
    };
    return { made, requests, addresses };
  }

  it('swaps the token for a cookie and takes it out of the address bar first', async () => {
    const { made, requests, addresses } = page('#token=abc-_9', 204);
    await takeSession(made);
    expect({ requests, addresses }).toEqual({
      requests: [['POST', '/session', '{"token":"abc-_9"}']],
      addresses: ['/?a=1'],
    });
  });

  it.each(['', '#', '#token=', '#token=a b', '#other=abc'])('sends nothing for the fragment "%s"', async (hash) => {
    const { made, requests, addresses } = page(hash, 204);
    await takeSession(made);
    expect({ requests, addresses }).toEqual({ requests: [], addresses: [] });
  });

  it('survives a host that is away', async () => {
    const { made } = page('#token=abc', 0);
    await expect(takeSession(made)).resolves.toBeUndefined();
  });

  it.each([
    [204, true],
    [401, false],
    [403, false],
    [500, true],
    [0, true],
  ])('reads status %i as a session: %s', async (status, expected) => {
    expect(await hasSession(page('', status).made)).toBe(expected);
  });
});
