import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../base/node/hash.ts';
import { PAGES_PER_ROUND } from './pull.ts';
import { WAKE_DELAY_MS } from './sync-loop.ts';
import type { Answer } from './testing/protocol-server.ts';
import { memberRow, openSyncRig, type SyncRig } from './testing/sync-rig.ts';

describe('a round with head office', () => {
  let rig: SyncRig;
  const requests: string[] = [];
  beforeEach(async () => {
    rig = await openSyncRig();
    requests.length = 0;
  });
  afterEach(async () => {
    await rig.close();
  });

  const answered = (body: object): Answer => ({ status: 200, body: JSON.stringify({ serverTime: 1, ...body }) });
  const page = (epoch: string, next: number, complete: boolean): Answer =>
    answered({ epoch, rows: [], trailer: { count: 0, sha256: sha256('[]'), next, complete } });
  /** Answers what is given for the push or the feed, and as it is right for the other. */
  const answerInstead = (pushed: (() => Answer) | undefined, pulled: (() => Answer) | undefined): void => {
    rig.server.answerInstead = (path) => {
      requests.push(path.endsWith('push') ? 'push' : 'pull');
      return path.endsWith('push') ? pushed?.() : pulled?.();
    };
  };

  it('pushes between pages of a long feed', async () => {
    let next = 0;
    answerInstead(undefined, () => page('e1', (next += 1), false));
    rig.till.write('{"n":1}');
    rig.loop.start();
    await rig.timers.nextDelay();
    rig.timers.fire();
    expect(await rig.timers.nextDelay()).toBe(WAKE_DELAY_MS);
    expect(requests).toEqual(['push', ...Array<string>(PAGES_PER_ROUND).fill('pull')]);
    expect(rig.till.feed.cursor()).toEqual({ epoch: 'e1', position: PAGES_PER_ROUND });
    rig.till.write('{"n":2}');
    rig.timers.fire();
    await rig.timers.nextDelay();
    expect(requests.indexOf('push', 1)).toBe(PAGES_PER_ROUND + 1);
    expect(rig.server.received).toHaveLength(2);
  });

  it('ends where push and feed are of two head offices, and does not ask them for ever', async () => {
    answerInstead(
      () => answered({ epoch: 'one', status: 'accepted', receivedSeq: 0, receivedHead: rig.till.genesis }),
      () => page('two', 1, true),
    );
    expect(await rig.loop.syncNow()).toMatchObject({ ok: false, error: { code: 'head-office-failed' } });
    expect(requests).toEqual(['push', 'pull']);
  });

  it('ends where head office never has what it was sent', async () => {
    rig.till.write('{}');
    answerInstead(
      () => answered({ epoch: 'e1', status: 'accepted', receivedSeq: 0, receivedHead: rig.till.genesis }),
      undefined,
    );
    expect(await rig.loop.syncNow()).toMatchObject({ ok: false, error: { code: 'head-office-failed' } });
    expect(requests.length).toBeLessThan(10);
    expect(rig.till.entries.position()).toEqual({ acknowledgedSeq: 0, lastSeq: 1 });
  });

  it('sends again what head office has lost without a word, below what it had confirmed', async () => {
    for (let entry = 1; entry <= 10; entry += 1) rig.till.write(`{"n":${entry}}`);
    await rig.loop.syncNow();
    rig.server.received.length = 4; // in the same epoch
    rig.till.write('{"n":11}');
    expect(await rig.loop.syncNow()).toEqual({ ok: true, value: undefined });
    expect(rig.server.received.map(({ text }) => text)).toEqual(rig.till.written.map(({ text }) => text));
    expect(rig.server.pushes.slice(-2).map(({ fromSeq }) => fromSeq)).toEqual([11, 5]);
  });

  it('takes no head of this till for one that it has not reached', async () => {
    rig.till.write('{}');
    answerInstead(
      () => answered({ epoch: 'e1', status: 'accepted', receivedSeq: 2, receivedHead: rig.till.genesis }),
      undefined,
    );
    expect(await rig.loop.syncNow()).toMatchObject({ ok: false, error: { code: 'stream-forked' } });
    expect(rig.till.entries.position()).toEqual({ acknowledgedSeq: 0, lastSeq: 1 });
  });

  it('goes on from an earlier place in a new epoch, and in no old one', async () => {
    for (const name of ['ada', 'bo', 'cy']) rig.server.put(name, memberRow(name));
    await rig.loop.syncNow();
    answerInstead(undefined, () => page('e1', 1, true));
    expect((await rig.loop.syncNow()).ok).toBe(false);
    expect(rig.till.feed.cursor()).toEqual({ epoch: 'e1', position: 3 });
    rig.server.restore(0);
    answerInstead(undefined, () => page('e2', 1, true));
    expect((await rig.loop.syncNow()).ok).toBe(true);
    expect([rig.till.feed.cursor(), rig.till.rows.size]).toEqual([{ epoch: 'e2', position: 1 }, 0]);
  });
});
