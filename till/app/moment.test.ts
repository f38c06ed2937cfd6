import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { epochMs, type EpochMs } from '../../base/business-date.ts';
import type { OperatorId } from '../../base/ids.ts';
import type { TillStatus } from '../contract/shapes.ts';
import { newCommand, openTestTill, type TestTill } from '../testing/test-till.ts';
import { knownTime } from './known-time.ts';
import { momentNow } from './moment.ts';
import type { Caller } from './context.ts';

const DAY_MS = 86_400_000;
const MANAGER: Caller = { actor: { operator: 'm' as OperatorId, role: 'manager' }, approver: null }; // an id of the test's

type Clock = { wall: EpochMs; mono: number };

let till: TestTill | undefined;
afterEach(async () => {
  await till?.close();
  till = undefined;
});

/** A till whose clock people set, and whose other clock runs on. */
async function openWithClock(at: string): Promise<{ till: TestTill; clock: Clock }> {
  const clock: Clock = { wall: epochMs(Date.parse(at)), mono: 0 };
  till = await openTestTill({ at });
  const parts = till.engine.parts as { clock: unknown; knownTime: unknown }; // the test sets both
  parts.clock = { wall: () => clock.wall, monotonic: () => clock.mono, boot: 'b', mayBeWrong: true };
  parts.knownTime = knownTime(till.engine.parts.store, till.engine.parts.clock, undefined);
  return { till, clock };
}

async function sell(manager = false): Promise<void> {
  const lines = [{ sku: 'COFFEE', quantity: '1', unitPrice: 350 }];
  const input = { command: newCommand(), member: null, lines, redeem: [], reference: null, expectedDue: null };
  await till?.ask('sale.commit', input, manager ? MANAGER : undefined);
}

function heardOf(serverTime: number): void {
  till?.engine.parts.store.members.setCursor('e1', 1, serverTime);
}

async function codes(): Promise<string[]> {
  const status: TillStatus | undefined = await till?.ask('till.status', {});
  return (status?.warnings ?? []).map(({ code }) => code).filter((code) => code.startsWith('clock'));
}

describe('a clock that was set', () => {
  it('back by minutes is said, and the stamps of the entries go on', async () => {
    const { clock } = await openWithClock('2026-03-02T10:00:00Z');
    await sell();
    clock.wall = epochMs(clock.wall - 120_000);
    expect(await codes()).toEqual([]);
    clock.wall = epochMs(clock.wall - 1_000);
    expect(await codes()).toEqual(['clock-behind']);
    await sell();
  });

  it('to a date that the till cannot know is not taken over, until a manager sells', async () => {
    const { clock, till: open } = await openWithClock('2026-03-02T10:00:00Z');
    heardOf(clock.wall);
    expect((await open.ask('till.status', {})).businessDate).toBe('2026-03-02');
    clock.wall = epochMs(clock.wall + 1 * DAY_MS);
    await sell();
    expect([(await open.ask('till.status', {})).businessDate, await codes()]).toEqual(['2026-03-03', []]);
    clock.wall = epochMs(clock.wall + 70 * 365 * DAY_MS);
    await sell();
    await sell(); // and no sale takes it a day further
    expect([(await open.ask('till.status', {})).businessDate, await codes()]).toEqual(['2026-03-03', ['clock-ahead']]);
    await sell(true);
    expect([(await open.ask('till.status', {})).businessDate, await codes()]).toEqual(['2096-02-14', []]);
  });

  it('is believed by what has passed since head office was heard', async () => {
    const { clock, till: open } = await openWithClock('2026-03-02T10:00:00Z');
    heardOf(clock.wall);
    await open.ask('till.status', {});
    clock.wall = epochMs(clock.wall + 5 * DAY_MS);
    clock.mono += 5 * DAY_MS;
    expect([(await open.ask('till.status', {})).businessDate, await codes()]).toEqual(['2026-03-07', []]);
  });
});

const step = fc.record({
  jump: fc.oneof(fc.integer({ min: -400 * DAY_MS, max: 400 * DAY_MS }), fc.integer({ min: -300_000, max: 300_000 })),
  passed: fc.integer({ min: 0, max: 3 * DAY_MS }),
  heard: fc.boolean(),
});

describe('whatever happens to the clock', () => {
  it('stamps rise, business dates never go back, and none is more than a day beyond what is known', async () => {
    const { clock, till: open } = await openWithClock('2026-03-02T10:00:00Z');
    const { parts } = open.engine;
    const begin = clock.wall;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let server = begin as number;
        heardOf(server);
        parts.knownTime?.();
        let last = undefined as Parameters<typeof momentNow>[1]; // as the book's last entry would be
        for (const { jump, passed, heard } of steps) {
          clock.mono += passed;
          clock.wall = epochMs(Math.max(0, clock.wall + passed + jump));
          if (heard) {
            server += passed + 1;
            heardOf(server);
          }
          const known = parts.knownTime?.() ?? 0;
          const before = last;
          const { hlc, local } = momentNow(parts, before);
          const dayAfter = new Date(known + 2 * DAY_MS).toISOString().slice(0, 10); // in any zone
          expect(before === undefined || hlc > before.hlc).toBe(true);
          expect(before === undefined || local.date >= before.bd).toBe(true);
          expect(local.date <= dayAfter || local.date === before?.bd).toBe(true);
          last = { seq: (before?.seq ?? 0) + 1, head: 'h' as never, hlc, bd: local.date }; // its head is not looked at
        }
      }),
      { numRuns: 200 },
    );
  });
});
