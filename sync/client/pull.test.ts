import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../base/node/hash.ts';
import { readPage } from './pull.ts';
import { memberRow, openSyncRig, type SyncRig } from './testing/sync-rig.ts';

describe('pull', () => {
  let rig: SyncRig;
  beforeEach(async () => {
    rig = await openSyncRig();
  });
  afterEach(async () => {
    await rig.close();
  });

  const names = (): string[] => [...rig.till.rows.keys()].toSorted();
  const fill = (count: number): void => {
    for (let index = 0; index < count; index += 1) rig.server.put(`m${index}`, memberRow(`m${index}`));
  };

  it('fetches page by page until nothing waits, and then only what changed', async () => {
    fill(1_100);
    await rig.loop.syncNow();
    expect(rig.till.rows.size).toBe(1_100);
    expect(rig.server.asked.filter((asked) => asked.startsWith('rows'))).toEqual(['rows 500', 'rows 500', 'rows 500']);
    rig.server.put('m7', memberRow('m7', 2));
    await rig.loop.syncNow();
    expect(rig.till.rows.get('member m7')?.row).toMatchObject({ version: 2 });
    expect(rig.till.feed.cursor()).toEqual({ epoch: 'e1', position: 1_101 });
  });

  it.each(['wrong-trailer', 'no-trailer', 'cut', 'garbage'] as const)(
    'throws a page away after %s, and asks for it again',
    async (fault) => {
      fill(3);
      rig.server.faults.push('none', fault);
      expect((await rig.loop.syncNow()).ok).toBe(false);
      expect([rig.till.rows.size, rig.till.feed.cursor()]).toEqual([0, { epoch: null, position: 0 }]);
      expect((await rig.loop.syncNow()).ok).toBe(true);
      expect(names()).toEqual(['member m0', 'member m1', 'member m2']);
    },
  );

  it('asks for less on a line that is too slow for a page', async () => {
    fill(3);
    rig.server.faults.push('none', 'silent', 'none', 'silent');
    for (let tries = 0; tries < 3; tries += 1) await rig.loop.syncNow();
    expect(rig.server.asked.filter((asked) => asked.startsWith('rows'))).toEqual(['rows 125']);
    expect(rig.till.rows.size).toBe(3);
  });

  it('starts anew in a new epoch, and drops what that does not know', async () => {
    fill(2);
    await rig.loop.syncNow();
    const other = await openSyncRig();
    other.server.restore(0);
    other.server.put('m1', memberRow('m1'));
    other.server.put('m2', memberRow('m2'));
    rig.server.answerInstead = (path) =>
      path.endsWith('feed') ? { status: 200, body: other.server.page() } : undefined;
    rig.server.restore(0);
    await rig.loop.syncNow();
    await other.close();
    expect(names()).toEqual(['member m1', 'member m2']);
    expect(rig.till.feed.cursor().epoch).toBe('e2');
  });

  it.each([
    ['stays where it is', { next: 0, complete: false }],
    ['goes back', { next: -1, complete: true }],
  ])('does not follow a cursor that %s', async (_name, trailer) => {
    const body = JSON.stringify({
      epoch: 'e1',
      serverTime: 1,
      rows: [],
      trailer: { count: 0, sha256: sha256('[]'), ...trailer },
    });
    rig.server.answerInstead = (path) => (path.endsWith('feed') ? { status: 200, body } : undefined);
    expect((await rig.loop.syncNow()).ok).toBe(false);
    expect(rig.till.feed.cursor()).toEqual({ epoch: null, position: 0 });
  });

  it('does not swing between two head offices behind one address', async () => {
    let epoch = 0;
    rig.server.answerInstead = (path) => {
      epoch += 1;
      const trailer = { count: 0, sha256: sha256('[]'), next: 1, complete: false };
      return path.endsWith('feed')
        ? { status: 200, body: JSON.stringify({ epoch: `x${epoch}`, serverTime: 1, rows: [], trailer }) }
        : undefined;
    };
    expect(await rig.loop.syncNow()).toMatchObject({ ok: false, error: { code: 'head-office-failed' } });
    expect(epoch).toBeLessThan(6);
  });

  it('stops at rows that it cannot read, keeps its place, and goes on selling and sending', async () => {
    fill(1);
    rig.server.put('new', { kind: 'hologram' });
    rig.till.write('{}');
    expect(await rig.loop.syncNow()).toMatchObject({ ok: false, error: { code: 'update-needed' } });
    expect([rig.till.rows.size, rig.till.feed.cursor().position, rig.server.received.length]).toEqual([0, 0, 1]);
  });
});

describe('readPage', () => {
  const pageOf = (rows: string, count: number): unknown =>
    JSON.parse(
      `{"epoch":"e","serverTime":1,"rows":${rows},"trailer":{"count":${count},"sha256":"${sha256(rows)}","next":1,"complete":true}}`,
    );

  it('hashes the rows as they were sent: JSON that was written, read and written again is the same text', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ stringUnit: 'binary' }), { maxLength: 5 }), (values) => {
        const sent = JSON.stringify(values);
        // Whole, so what is wrong with it is only that these are no rows.
        expect(readPage(pageOf(sent, values.length))).toMatchObject(
          values.length === 0 ? { ok: true } : { ok: false, error: { code: 'update-needed' } },
        );
      }),
    );
  });

  it.each(['[{"2":0,"10":1,"__proto__":{"a":1},"b":-0.5,"é\\ud800":"\\u2028"}]', '[1e21,0.1,"\\u007f"]'])(
    'also for %s',
    (text) => {
      const sent = JSON.stringify(JSON.parse(text));
      expect(readPage(pageOf(sent, JSON.parse(text).length))).toMatchObject({
        ok: false,
        error: { code: 'update-needed' },
      });
    },
  );

  it('throws a page away with a row too few, too many or changed', () => {
    const row = JSON.stringify({ ...memberRow('m'), position: 1 });
    const whole = pageOf(`[${row}]`, 1) as { rows: unknown[] }; // as just written
    expect(readPage(whole)).toMatchObject({ ok: true });
    const others: unknown[] = [
      pageOf(`[${row}]`, 2),
      { ...whole, rows: [] },
      { ...whole, rows: [...whole.rows, ...whole.rows] },
      { ...whole, rows: [{ ...memberRow('m', 2), position: 1 }] },
      { epoch: 'e', serverTime: 1, rows: whole.rows },
      undefined,
    ];
    for (const other of others)
      expect(readPage(other)).toMatchObject({ ok: false, error: { code: 'head-office-failed' } });
  });
});
