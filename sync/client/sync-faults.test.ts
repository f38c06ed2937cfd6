import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { FAULTS, type Fault } from './testing/protocol-server.ts';
import { memberRow, openSyncRig, PULL_EVERY_MS, type SyncRig } from './testing/sync-rig.ts';

/** What happens between two requests at the counter, at head office, or to the line. */
const happening = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Fault>(...FAULTS).map((fault) => ({ do: 'fault', fault }) as const) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 40 }).map((count) => ({ do: 'write', count }) as const) },
  { weight: 2, arbitrary: fc.constantFrom('ada', 'bo', 'cy').map((name) => ({ do: 'row', name }) as const) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 60 }).map((entries) => ({ do: 'restore', entries }) as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'replug' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'small-bodies' } as const) },
);
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

describe('whatever goes wrong between a till and head office', () => {
  let rig: SyncRig;
  afterEach(async () => {
    await rig.close();
  });

  const happen = (event: Happening, version: number): void => {
    const { server, till, loop } = rig;
    switch (event.do) {
      case 'fault':
        server.faults.push(event.fault);
        return;
      case 'write':
        for (let written = 0; written < event.count; written += 1) {
          till.write(
            JSON.stringify({ text: `"Ö\\ ${till.written.length}`, pad: 'x'.repeat(written % 7) }),
            written % 5 === 0,
          );
        }
        return loop.wake();
      case 'row':
        return server.put(event.name, memberRow(event.name, version));
      case 'restore':
        return server.restore(event.entries);
      case 'replug':
        loop.setOnline(false);
        return loop.setOnline(true);
      case 'small-bodies':
        server.bodyBytesMax = 4_000;
        return;
      default:
        event satisfies never;
    }
  };

  it('every entry arrives once and in order, every row is the newest, and the loop comes to rest', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 30 }), async (events) => {
        rig = await openSyncRig();
        const { server, till, timers, loop, errors } = rig;
        loop.start();
        for (const [index, event] of events.entries()) {
          happen(event, index + 1);
          await timers.nextDelay();
          timers.fire();
        }
        // From here on nothing new goes wrong: so many rounds are enough for what is still to come of the faults, and for small batches.
        let delay = await timers.nextDelay();
        for (
          let rounds = 0;
          rounds < 3 * events.length + 50 && !(delay === PULL_EVERY_MS && server.faults.length === 0);
          rounds += 1
        ) {
          timers.fire();
          delay = await timers.nextDelay();
        }
        timers.fire();
        expect(await timers.nextDelay()).toBe(PULL_EVERY_MS);
        expect(server.received.map(({ text }) => text)).toEqual(till.written.map(({ text }) => text));
        expect(till.entries.position()).toEqual({ acknowledgedSeq: till.written.length, lastSeq: till.written.length });
        const served = server.rows();
        expect([...till.rows.values()].map(({ row }) => row)).toEqual(expect.arrayContaining(served));
        expect(till.rows.size).toBe(served.length);
        expect(loop.connection()).toEqual({ state: 'online' });
        expect(errors).toEqual([]);
        await rig.close();
        expect(timers.count()).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
