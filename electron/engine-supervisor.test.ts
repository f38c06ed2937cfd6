import { EventEmitter } from 'node:events';
import type { MessagePortMain, UtilityProcess } from 'electron';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { superviseEngine, type EngineSupervisor } from './engine-supervisor.ts';
import type { OpenEngineOptions } from './engine-messages.ts';
import { tillConfigSchema } from '../till/hosts/till-config.ts';

/** Electron's side of a child process: what main posts, and what the child does. */
class Child extends EventEmitter {
  readonly posted: unknown[] = [];
  killed = false;
  postMessage(message: unknown, ports: unknown[]): void {
    this.posted.push(ports.length === 0 ? message : [message, ports]);
  }
  kill(): boolean {
    this.killed = true;
    return this.emit('exit', 9);
  }
}

const OPEN: OpenEngineOptions = {
  dataFolder: '/data',
  migrationsFolder: '/migrations',
  checkProgram: '/nowhere/check.cjs',
  sealingKey: null,
  config: tillConfigSchema.parse({ posApi: { port: 1 }, browser: { port: 2 } }),
};
const PORT = {} as MessagePortMain; // only handed on

let children: Child[];
let opened: number;
let troubles: string[];
let supervisor: EngineSupervisor;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  [children, opened, troubles] = [[], 0, []];
  supervisor = superviseEngine({
    fork: () => {
      const child = new Child();
      children.push(child);
      return child as unknown as UtilityProcess; // the part that is used
    },
    open: OPEN,
    log: pino({ level: 'silent' }),
    onOpened: () => (opened += 1),
    onTrouble: ({ code }) => troubles.push(code),
  });
});
afterEach(() => vi.useRealTimers());

function newest(): Child {
  const child = children.at(-1);
  if (child === undefined) throw new Error('no child');
  return child;
}

function becomeOpen(child: Child): void {
  child.emit('spawn');
  child.emit('message', { type: 'opened' });
}

describe('the supervisor of the engine', () => {
  it('tells a started engine to open, and hands it ports once it is open', () => {
    const before = supervisor.connect(PORT);
    becomeOpen(newest());
    const after = supervisor.connect(PORT);
    expect({ before, after, opened, posted: newest().posted }).toEqual({
      before: false,
      after: true,
      opened: 1,
      posted: [{ type: 'open', options: OPEN }, [{ type: 'connect' }, [PORT]]],
    });
  });

  it('starts a dead engine again, later each time it dies young', () => {
    const waits: number[] = [];
    for (let death = 1; death <= 4; death += 1) {
      newest().emit('exit', 1);
      const known = children.length;
      let waitMs = 0;
      while (children.length === known) {
        vi.advanceTimersByTime(100);
        waitMs += 100;
      }
      waits.push(waitMs);
    }
    expect(waits).toEqual([100, 200, 400, 800]);
  });

  it('forgets old deaths after an engine that lived a minute', () => {
    for (let death = 1; death <= 6; death += 1) {
      newest().emit('exit', 1);
      vi.advanceTimersByTime(30_000);
    }
    vi.advanceTimersByTime(60_001);
    newest().emit('exit', 1);
    const known = children.length;
    vi.advanceTimersByTime(100);
    expect(children.length).toBe(known + 1);
  });

  it('gives no port to an engine that is dead or not open again', () => {
    becomeOpen(newest());
    newest().emit('exit', 9);
    const dead = supervisor.connect(PORT);
    vi.advanceTimersByTime(100);
    const starting = supervisor.connect(PORT);
    becomeOpen(newest());
    expect([dead, starting, supervisor.connect(PORT)]).toEqual([false, false, true]);
  });

  it('hands on what the engine says of its trouble, and ignores what has no shape', () => {
    newest().emit('message', { type: 'trouble', code: 'data-folder-in-use', message: 'In use.' });
    newest().emit('message', { type: 'opened', more: 1 });
    newest().emit('message', 'opened');
    expect({ troubles, opened }).toEqual({ troubles: ['data-folder-in-use'], opened: 0 });
  });

  it('closes in order and starts nothing afterwards', async () => {
    becomeOpen(newest());
    const closed = supervisor.close();
    newest().emit('exit', 0);
    await closed;
    vi.advanceTimersByTime(60_000);
    expect({ children: children.length, killed: newest().killed, last: newest().posted.at(-1) }).toEqual({
      children: 1,
      killed: false,
      last: { type: 'close' },
    });
  });

  it('kills an engine that does not close', async () => {
    becomeOpen(newest());
    const closed = supervisor.close();
    vi.advanceTimersByTime(5_000);
    await closed;
    expect(newest().killed).toBe(true);
  });

  it('closes while it waits to start one again', async () => {
    newest().emit('exit', 1);
    await supervisor.close();
    vi.advanceTimersByTime(60_000);
    expect(children.length).toBe(1);
  });
});
