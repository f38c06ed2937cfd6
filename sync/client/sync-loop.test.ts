import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RETRY_DELAY_MS_MAX, WAKE_DELAY_MS } from './sync-loop.ts';
import { memberRow, openSyncRig, PULL_EVERY_MS, type SyncRig } from './testing/sync-rig.ts';

describe('the sync loop', () => {
  let rig: SyncRig;
  beforeEach(async () => {
    rig = await openSyncRig();
  });
  afterEach(async () => {
    await rig.close();
  });

  /** Lets the loop's timer go off, and answers the delay of the one that it sets then. */
  const beat = async (): Promise<number> => {
    await rig.timers.nextDelay();
    rig.timers.fire();
    return await rig.timers.nextDelay();
  };
  const started = async (): Promise<void> => {
    rig.loop.start();
    expect(await beat()).toBe(PULL_EVERY_MS);
  };
  /** Resolves when a request has come that head office will not answer. */
  const silence = (): Promise<void> => {
    rig.server.faults.push('silent');
    return new Promise((resolve) => {
      rig.server.whenSilent = resolve;
    });
  };

  it('connects, then pulls on a beat', async () => {
    expect(rig.loop.connection()).toEqual({ state: 'connecting' });
    await started();
    expect(rig.loop.connection()).toEqual({ state: 'online' });
    rig.server.put('ada', memberRow('ada'));
    expect(await beat()).toBe(PULL_EVERY_MS);
    expect([...rig.till.rows.keys()]).toEqual(['member ada']);
    expect(rig.server.asked).toEqual(['entries 0', 'rows 500', 'rows 500']);
  });

  it('sends soon after a sale, and sales made in one go in one batch', async () => {
    await started();
    const made = rig.timers.made();
    for (let sale = 0; sale < 3; sale += 1) {
      rig.till.write(`{"sale":${sale}}`);
      rig.loop.wake();
    }
    expect([await rig.timers.nextDelay(), rig.timers.made() - made]).toEqual([WAKE_DELAY_MS, 1]); // sale after sale puts it off no further
    expect(await beat()).toBe(PULL_EVERY_MS);
    expect(rig.server.asked).toEqual(['entries 0', 'rows 500', 'entries 3', 'rows 500']);
  });

  it('sends what was sold during a round right after it', async () => {
    await started();
    const asked = silence();
    rig.timers.fire();
    await asked;
    rig.till.write('{"sale":1}');
    rig.loop.wake();
    rig.timers.passSilence();
    await rig.timers.nextDelay();
    rig.server.whenSilent = () => undefined;
    await beat();
    expect(rig.server.received.map(({ text }) => text)).toEqual(['{"sale":1}']);
  });

  it('backs off up to a minute while head office does not answer, says since when and why, and never loses its beat', async () => {
    await started();
    const { now } = rig.clock;
    const delays: number[] = [];
    for (let failure = 0; failure < 8; failure += 1) {
      rig.clock.now += 1_000;
      rig.server.faults.push('drop');
      delays.push(await beat());
      rig.till.write('{}');
      rig.loop.wake();
      expect(await rig.timers.nextDelay()).toBe(delays.at(-1));
    }
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, RETRY_DELAY_MS_MAX]);
    expect(rig.loop.connection()).toEqual({
      state: 'offline',
      since: now,
      reason: expect.stringMatching(/Sales go on/),
    });
    expect(await beat()).toBe(PULL_EVERY_MS);
    expect(rig.loop.connection()).toEqual({ state: 'online' });
    expect(rig.server.received).toHaveLength(8);
  });

  it('sends soon after a sale also while the feed says what this till cannot read', async () => {
    await started();
    rig.server.put('new', { kind: 'hologram' });
    expect(await beat()).toBe(1_000);
    rig.till.write('{}');
    rig.loop.wake();
    expect(await rig.timers.nextDelay()).toBe(WAKE_DELAY_MS);
    expect(await beat()).toBe(2_000);
    expect(rig.server.received).toHaveLength(1);
    expect(rig.loop.connection()).toMatchObject({ state: 'offline', reason: expect.stringContaining('update') });
  });

  it('spreads the retries of many tills over half of each delay', async () => {
    await rig.close();
    rig = await openSyncRig({ random: () => 0 });
    await started();
    rig.server.faults.push('drop', 'drop', 'drop');
    expect([await beat(), await beat(), await beat()]).toEqual([500, 1_000, 2_000]);
  });

  it('starts its back-off anew when the cable is plugged in again', async () => {
    await started();
    rig.server.faults.push('drop', 'drop', 'drop', 'drop');
    for (let failure = 0; failure < 3; failure += 1) await beat();
    rig.loop.setOnline(false);
    rig.loop.setOnline(true);
    expect(await beat()).toBe(1_000);
  });

  it('asks again for who asks while a round is under way, since that one may have looked too early', async () => {
    await started();
    const asked = silence();
    rig.timers.fire();
    await asked;
    rig.server.put('ada', memberRow('ada'));
    const waiting = rig.loop.syncNow();
    rig.timers.passSilence();
    expect(await waiting).toEqual({ ok: true, value: undefined });
    expect([...rig.till.rows.keys()]).toEqual(['member ada']);
  });

  it('tells the screen once when the line goes and once when it is back', async () => {
    await started();
    expect(rig.told.times).toBe(1);
    rig.server.faults.push('drop', 'drop', 'drop');
    for (let failure = 0; failure < 3; failure += 1) await beat();
    expect(rig.told.times).toBe(2);
    await beat();
    expect([rig.told.times, rig.loop.connection()]).toEqual([3, { state: 'online' }]);
  });

  it('gives a request up that nothing comes of, and asks nothing else then', async () => {
    await started();
    rig.till.write('{}');
    rig.server.asked.length = 0;
    rig.server.faults.push('silent');
    expect(await beat()).toBe(1_000);
    expect(rig.loop.connection()).toMatchObject({ state: 'offline', reason: expect.stringContaining('too long') });
    expect(rig.server.asked).toEqual([]);
  });

  it('cuts what is under way with the cable, and starts at once when it is plugged in again', async () => {
    await started();
    const asked = silence();
    rig.timers.fire();
    await asked;
    rig.loop.setOnline(false);
    expect(rig.loop.connection()).toMatchObject({ state: 'offline', reason: 'The connection was switched off.' });
    expect(await rig.loop.syncNow()).toMatchObject({ ok: false, error: { code: 'cut' } });
    rig.loop.setOnline(true);
    expect(rig.loop.connection()).toEqual({ state: 'connecting' });
    expect(await rig.timers.nextDelay()).toBe(0);
    const states: unknown[] = [];
    rig.server.answerInstead = () => void states.push(rig.loop.connection());
    expect(await beat()).toBe(PULL_EVERY_MS);
    expect(states[0]).toEqual({ state: 'connecting' }); // and not what became of the request that was cut
    expect(rig.loop.connection()).toEqual({ state: 'online' });
  });

  it('reaches nothing while the cable is out, however often it is asked to', async () => {
    rig.loop.setOnline(false);
    rig.loop.start();
    rig.till.write('{}');
    rig.loop.wake();
    expect([rig.timers.count(), rig.server.asked]).toEqual([0, []]);
  });

  it('syncs when asked to, whole, without being started, and once for all who ask together', async () => {
    for (let entry = 0; entry < 12_000; entry += 1) rig.till.write(`{"n":${entry}}`);
    const results = await Promise.all([rig.loop.syncNow(), rig.loop.syncNow()]);
    expect(results).toEqual([
      { ok: true, value: undefined },
      { ok: true, value: undefined },
    ]);
    expect(rig.server.received).toHaveLength(12_000);
    expect(rig.server.asked.filter((asked) => asked === 'entries 500')).toHaveLength(24);
    expect(rig.timers.count()).toBe(0);
  });

  it('asks for what is new before it goes on with a long backlog', async () => {
    for (let entry = 0; entry < 12_000; entry += 1) rig.till.write(`{"n":${entry}}`);
    rig.loop.start();
    expect(await beat()).toBe(WAKE_DELAY_MS);
    expect(rig.server.asked.slice(-2)).toEqual(['entries 500', 'rows 500']);
    expect(rig.server.received).toHaveLength(10_000);
  });

  it('goes on after a fault in what it was given, and hands it to the log', async () => {
    await started();
    const { feed } = rig.till;
    const works = feed.apply.bind(feed);
    const fault = new Error('disk full');
    rig.till.feed.apply = () => {
      throw fault;
    };
    rig.told.whenTold = () => {
      throw fault;
    };
    rig.server.put('ada', memberRow('ada'));
    expect(await beat()).toBe(1_000);
    expect(rig.errors).toEqual([fault, fault]);
    rig.till.feed.apply = works;
    expect(await beat()).toBe(PULL_EVERY_MS);
    expect([...rig.till.rows.keys()]).toEqual(['member ada']);
  });

  it('touches nothing after it was closed, in the middle of a round too', async () => {
    await started();
    const asked = silence();
    rig.timers.fire();
    await asked;
    const waiting = rig.loop.syncNow();
    await rig.loop.close();
    rig.till.entries.position = () => {
      throw new Error('the database is closed');
    };
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'cut' } });
    rig.loop.wake();
    rig.loop.setOnline(false);
    rig.loop.setOnline(true);
    expect(await rig.loop.syncNow()).toMatchObject({ ok: false, error: { code: 'cut' } });
    expect([rig.timers.count(), rig.errors]).toEqual([0, []]);
  });

  it('is not closed before a round that is under way is out of the ports', async () => {
    await rig.close();
    let leave = (): void => undefined;
    const away = new Promise<void>((resolve) => (leave = resolve));
    let asked = (): void => undefined;
    const onItsWay = new Promise<void>((resolve) => (asked = resolve));
    const fetch = async (): Promise<Response> => {
      asked();
      await away; // deaf to its signal
      return new Response('{}');
    };
    rig = await openSyncRig({ fetch });
    void rig.loop.syncNow();
    await onItsWay;
    let closed = false;
    const closing = rig.loop.close().then(() => (closed = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toBe(false);
    leave();
    expect(await closing).toBe(true);
  });

  it('answers a sync that was asked for when it is closed as its last page is applied, and touches nothing after', async () => {
    rig.till.write('{}');
    const { feed, entries } = rig.till;
    const works = feed.apply.bind(feed);
    feed.apply = (page) => {
      works(page);
      void rig.loop.close();
      entries.position = () => {
        throw new Error('the database is closed');
      };
    };
    expect(await rig.loop.syncNow()).toMatchObject({ ok: false, error: { code: 'cut' } });
    expect([rig.errors, rig.timers.count()]).toEqual([[], 0]);
  });

  it('answers in a sentence where the ledger cannot be read', async () => {
    const fault = new Error('database disk image is malformed');
    rig.till.entries.position = () => {
      throw fault;
    };
    expect(await rig.loop.syncNow()).toMatchObject({ ok: false, error: { code: 'head-office-failed' } });
    expect([rig.errors, rig.server.asked]).toEqual([[fault], []]);
  });

  it.each([-400 * 86_400_000, -3_600_000, 3_600_000])('syncs with a clock that is wrong by %i ms', async (wrongMs) => {
    rig.clock.now += wrongMs;
    rig.till.write('{}');
    expect(await rig.loop.syncNow()).toEqual({ ok: true, value: undefined });
    rig.clock.now -= wrongMs; // set right
    rig.till.write('{}');
    expect(await rig.loop.syncNow()).toEqual({ ok: true, value: undefined });
    expect(rig.server.received).toHaveLength(2);
  });

  it('says so where head office does not accept the till, and asks no more than twice in a round', async () => {
    rig.server.register({ inc: 'another', publicKey: rig.till.publicKey, genesis: rig.till.genesis });
    let requests = 0;
    rig.server.answerInstead = () => {
      requests += 1;
      return undefined;
    };
    rig.clock.now += 3_600_000;
    expect(await rig.loop.syncNow()).toMatchObject({ ok: false, error: { code: 'till-refused' } });
    expect(requests).toBeLessThanOrEqual(4);
  });
});
