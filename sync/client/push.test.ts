import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PUSH_BYTES_MAX } from '../protocol/push.ts';
import { openSyncRig, type SyncRig } from './testing/sync-rig.ts';

describe('push', () => {
  let rig: SyncRig;
  beforeEach(async () => {
    rig = await openSyncRig();
  });
  afterEach(async () => {
    await rig.close();
  });

  const write = (count: number, pad = 0): void => {
    for (let index = 0; index < count; index += 1)
      rig.till.write(JSON.stringify({ n: rig.till.written.length, pad: 'x'.repeat(pad) }));
  };
  const batches = (): string[] => rig.server.asked.filter((asked) => asked.startsWith('entries'));
  const texts = (): string[] => rig.server.received.map(({ text }) => text);
  const writtenTexts = (): string[] => rig.till.written.map(({ text }) => text);

  it('sends exact texts and signatures in batches of 500, each with a signed head', async () => {
    write(499);
    rig.till.write('{"ümlaut":"\\u00e9 \\" \\\\","big":1e3, "z":1,"a":2}', true);
    write(700);
    expect(await rig.loop.syncNow()).toEqual({ ok: true, value: undefined });
    expect(batches()).toEqual(['entries 500', 'entries 500', 'entries 200']);
    expect(texts()).toEqual(writtenTexts());
    expect(rig.server.pushes[0]?.entries[499]?.signature).toBe(rig.till.written[499]?.signature);
  });

  it('keeps a batch under 256 KB, but sends one entry whatever its size', async () => {
    write(5, 100_000);
    write(1, PUSH_BYTES_MAX);
    await rig.loop.syncNow();
    expect(batches()).toEqual(['entries 2', 'entries 2', 'entries 1', 'entries 1']);
    expect(texts()).toEqual(writtenTexts());
  });

  it('sends sealed profiles with their entries only', async () => {
    write(3);
    rig.till.profiles.set(2, 'sealed2').set(4, 'sealed4');
    await rig.loop.syncNow();
    expect([...rig.server.profiles]).toEqual([[2, 'sealed2']]);
    write(1);
    await rig.loop.syncNow();
    expect([...rig.server.profiles]).toEqual([
      [2, 'sealed2'],
      [4, 'sealed4'],
    ]);
  });

  it('halves a batch that is too large at once, down to one entry, and grows again', async () => {
    rig.server.bodyBytesMax = 4_000;
    write(16, 1_000);
    expect((await rig.loop.syncNow()).ok).toBe(true);
    expect(texts()).toEqual(writtenTexts());
    expect(Math.max(...rig.server.pushes.map(({ entries }) => entries.length))).toBe(2);
    rig.server.bodyBytesMax = 1_000_000;
    write(40);
    rig.server.asked.length = 0;
    await rig.loop.syncNow();
    expect(batches()).toEqual([...Array<string>(2).fill('entries 2'), ...Array<string>(9).fill('entries 4')]);
  });

  it('says so where head office takes not even one entry, and sends it when it does', async () => {
    rig.server.bodyBytesMax = 500;
    write(3, 1_000);
    expect(await rig.loop.syncNow()).toMatchObject({ ok: false, error: { code: 'head-office-failed' } });
    expect(texts()).toEqual([]);
    rig.server.bodyBytesMax = 1_000_000;
    await rig.loop.syncNow();
    expect(texts()).toEqual(writtenTexts());
  });

  it.each(['500', '503', 'silent', 'drop', 'cut'] as const)(
    'tries again with half of a batch after %s',
    async (fault) => {
      write(8);
      rig.server.faults.push(fault, fault);
      for (let tries = 0; tries < 3; tries += 1) await rig.loop.syncNow();
      expect(rig.server.pushes.at(-1)?.entries.length).toBeLessThanOrEqual(4);
      expect(texts()).toEqual(writtenTexts());
    },
  );

  it('goes back where head office asks for it, also with nothing new to send', async () => {
    write(10);
    await rig.loop.syncNow();
    rig.server.restore(4);
    expect(await rig.loop.syncNow()).toEqual({ ok: true, value: undefined });
    expect(texts()).toEqual(writtenTexts());
    expect(rig.till.entries.position()).toEqual({ acknowledgedSeq: 10, lastSeq: 10 });
  });

  it('counts an entry as waiting again that a restored head office has lost, even when the line goes right then', async () => {
    write(10);
    await rig.loop.syncNow();
    rig.server.restore(4);
    await rig.loop.syncNow(); // sees the new epoch in the feed, reports and sends
    rig.server.restore(6);
    rig.server.faults.push('none', 'none', 'drop');
    expect((await rig.loop.syncNow()).ok).toBe(false);
    expect(rig.till.entries.position()).toEqual({ acknowledgedSeq: 6, lastSeq: 10 });
  });

  it('takes the greater of two answers that come in the wrong order', async () => {
    write(5);
    await rig.loop.syncNow();
    write(5);
    rig.server.faults.push('stale');
    expect((await rig.loop.syncNow()).ok).toBe(true);
    expect(rig.till.entries.position()).toEqual({ acknowledgedSeq: 10, lastSeq: 10 });
    expect(texts()).toEqual(writtenTexts());
  });

  it('never takes for confirmed what this till did not write: a backup was restored', async () => {
    write(10);
    await rig.loop.syncNow();
    rig.till.restoreTo(7);
    rig.clock.now += 60_000;
    expect(await rig.loop.syncNow()).toMatchObject({ ok: false, error: { code: 'stream-forked' } });
    expect(rig.till.entries.position()).toEqual({ acknowledgedSeq: 7, lastSeq: 7 });
    rig.till.write('{"another":"history"}');
    expect(await rig.loop.syncNow()).toMatchObject({ ok: false, error: { code: 'stream-forked' } });
    expect(rig.till.entries.position()).toEqual({ acknowledgedSeq: 7, lastSeq: 8 });
    expect(rig.loop.connection()).toMatchObject({
      state: 'offline',
      reason: expect.stringContaining('another history'),
    });
  });

  it.each([
    ['that skips entries', { status: 'need-from', needFrom: 9 }],
    ['about a head of nobody', { status: 'accepted', receivedSeq: 3, receivedHead: 'f'.repeat(64) }],
    ['beyond the last entry', { status: 'accepted', receivedSeq: 4, receivedHead: 'f'.repeat(64) }],
    ['that goes back for ever', { status: 'need-from', needFrom: 1 }],
    ['of no known kind', { status: 'maybe' }],
  ])('believes no answer %s', async (_name, outcome) => {
    write(3);
    rig.server.answerInstead = (path) =>
      path.endsWith('push')
        ? { status: 200, body: JSON.stringify({ epoch: 'e1', serverTime: 1, ...outcome }) }
        : undefined;
    expect((await rig.loop.syncNow()).ok).toBe(false);
    expect(rig.till.entries.position()).toEqual({ acknowledgedSeq: 0, lastSeq: 3 });
    rig.server.answerInstead = () => undefined;
    expect((await rig.loop.syncNow()).ok).toBe(true);
    expect(texts()).toEqual(writtenTexts());
  });

  it('reports a ledger that cannot be proved, and still learns what is new', async () => {
    write(3);
    const second = rig.till.written[1];
    (rig.till.written as unknown[])[1] = { ...second, text: '{"n":1,"pad":"flipped"}' }; // a byte on the till's disk
    rig.server.put('ada', {
      kind: 'store',
      name: 'S',
      tillName: 'T',
      receiptHeader: [],
      receiptFooter: [],
      locale: 'en',
    });
    expect(await rig.loop.syncNow()).toMatchObject({ ok: false, error: { code: 'stream-broken' } });
    expect(rig.till.entries.position().acknowledgedSeq).toBe(0);
    expect([...rig.till.rows.keys()]).toEqual(['store']);
  });

  it('does not send around an entry that is missing', async () => {
    write(5);
    (rig.till.written as unknown[]).splice(2, 1); // a hole in the till's ledger
    expect(await rig.loop.syncNow()).toMatchObject({ ok: false, error: { code: 'stream-broken' } });
    expect(texts()).toEqual(writtenTexts().slice(0, 2));
  });

  it('tells head office what waits behind the batch', async () => {
    write(501);
    await rig.loop.syncNow();
    expect(rig.server.pushes.map(({ waiting, seen }) => ({ waiting, seen }))).toEqual([
      { waiting: { entries: 1, oldest: 1 }, seen: { epoch: null, position: 0 } },
      { waiting: { entries: 0, oldest: null }, seen: { epoch: null, position: 0 } },
    ]);
  });
});
