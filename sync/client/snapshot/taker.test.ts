import { brotliCompressSync, constants } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HashHex, OrgId } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import { generateSigningKeys, signer } from '../../../base/node/signing.ts';
import { failed, ok } from '../../../base/result.ts';
import { SNAPSHOT_CHUNK_PATH } from '../../protocol/paths.ts';
import { manifestToSign, SNAPSHOT_CHUNK_BYTES, snapshotPays, type SnapshotManifest } from '../../protocol/snapshot.ts';
import type { EpochId } from '../../protocol/versions.ts';
import { UNREACHABLE } from '../failures.ts';
import type { HeadOffice } from '../head-office.ts';
import type { SnapshotSink, SnapshotState } from './ports.ts';
import { createSnapshotTaker, LEFT_FREE_BYTES, PIECES_PER_STEP, type SnapshotTaker } from './taker.ts';

const KEYS = generateSigningKeys();
const LAYOUT = { version: 3, hash: '0'.repeat(64) as HashHex }; // in its form
const PIECES = 40;
const SIGNAL = new AbortController().signal;

/** 40 pieces, each a byte of its own over and over; the last is short. */
function piece(index: number): Buffer {
  return Buffer.alloc(index === PIECES - 1 ? 10 : SNAPSHOT_CHUNK_BYTES, index);
}
const BYTES = (PIECES - 1) * SNAPSHOT_CHUNK_BYTES + 10;
const MANIFEST: SnapshotManifest = {
  v: 1,
  org: 'org' as OrgId, // names of the tests
  epoch: 'e1' as EpochId, // likewise
  position: 9,
  madeAt: 1,
  layout: LAYOUT,
  rows: 50_000,
  bytes: BYTES,
  chunks: Array.from({ length: PIECES }, (_, index) => sha256(piece(index))),
  compression: 'brotli',
  sentBytes: 1_000_000,
};

let states: SnapshotState[];
let written: Map<number, Uint8Array>;
let asked: string[];
let now: number;
let lastSeq: number;
let offered: object;
let free: number;
let whole: boolean;
/** What comes instead of a piece. */
let instead: (index: number) => Uint8Array | 'gone' | 'down' | undefined;
let taker: SnapshotTaker;

beforeEach(() => {
  states = [];
  written = new Map();
  asked = [];
  now = 1_000_000;
  lastSeq = 7;
  offered = offerOf(MANIFEST);
  free = BYTES + LEFT_FREE_BYTES;
  whole = true;
  instead = () => undefined;
  taker = createSnapshotTaker({
    sink: sink(),
    headOffice,
    cursor: () => ({ epoch: null, position: 0 }),
    now: () => now,
    lastSeq: () => lastSeq,
  });
});

function offerOf(manifest: SnapshotManifest, keys = KEYS): object {
  const text = JSON.stringify(manifest);
  return { behind: 50_000, behindSnapshot: 0, snapshot: { text, signature: signer(keys).sign(manifestToSign(text)) } };
}

function sink(): SnapshotSink {
  return {
    org: 'org' as OrgId, // a name of the tests
    signingKey: KEYS.publicKey,
    layout: LAYOUT,
    disk: {
      freeBytes: () => Promise.resolve(free),
      pending: () => undefined,
      begin: () => Promise.resolve(new Set(written.keys())),
      write: (index, bytes) => {
        written.set(index, bytes);
        return Promise.resolve();
      },
      takeOver: () => Promise.resolve(whole),
      drop: () => written.clear(),
    },
    beside: () => null,
    changed: (state) => states.push(state),
  };
}

const headOffice: HeadOffice = {
  ask: ({ path }) => {
    asked.push(path);
    return Promise.resolve(ok(offered));
  },
  fetchBytes: ({ path }) => {
    asked.push('piece');
    const index = MANIFEST.chunks.indexOf(path.slice(SNAPSHOT_CHUNK_PATH.length + 1) as HashHex); // of the manifest
    const other = instead(index);
    if (other === 'gone')
      return Promise.resolve(failed({ failure: { code: 'head-office-failed', message: 'gone' }, status: 404 }));
    if (other === 'down') return Promise.resolve(failed({ failure: UNREACHABLE, status: null }));
    return Promise.resolve(ok(other ?? packed(piece(index))));
  },
};

function packed(bytes: Buffer): Buffer {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 0 } });
}

const last = () => states.at(-1);

describe('a snapshot on its way', () => {
  it('comes in steps, so that what is sold meanwhile goes between two pieces', async () => {
    expect(await taker.look(SIGNAL)).toEqual(ok('file'));
    expect(await taker.fetch(SIGNAL)).toEqual(ok('file'));
    expect(written.size).toBe(PIECES_PER_STEP);
    const fetching = taker.fetch(SIGNAL);
    lastSeq += 1;
    expect(await fetching).toEqual(ok('file'));
    expect(written.size).toBeLessThan(PIECES_PER_STEP + 4);
    for (let way = await taker.fetch(SIGNAL); way.ok && way.value === 'file';) way = await taker.fetch(SIGNAL);
    expect([...written].every(([index, bytes]) => sha256(bytes) === MANIFEST.chunks[index])).toBe(true);
    expect(written.size).toBe(PIECES);
    expect(last()).toEqual({ state: 'none' });
  });

  it('waits where the line is down, and is given up for rows where head office sends damage again and again', async () => {
    await taker.look(SIGNAL);
    instead = () => 'down';
    for (let step = 0; step < 5; step += 1) expect(await taker.fetch(SIGNAL)).toEqual(failed(UNREACHABLE));
    instead = () => packed(Buffer.from('something else'));
    expect(await taker.fetch(SIGNAL)).toMatchObject({ ok: false });
    expect(await taker.fetch(SIGNAL)).toMatchObject({ ok: false });
    expect(await taker.fetch(SIGNAL)).toEqual(ok('rows'));
    expect(last()).toMatchObject({ state: 'refused', code: 'damaged' });
    expect(written.size).toBe(0);
    expect(await taker.look(SIGNAL)).toEqual(ok('rows'));
  });

  it('is bounded when it is unpacked', async () => {
    await taker.look(SIGNAL);
    instead = () => packed(Buffer.alloc(SNAPSHOT_CHUNK_BYTES + 1));
    expect(await taker.fetch(SIGNAL)).toMatchObject({ ok: false, error: { code: 'head-office-failed' } });
    expect(written.size).toBe(0);
  });

  it('that head office does not keep any more is asked for anew', async () => {
    await taker.look(SIGNAL);
    instead = () => 'gone';
    expect(await taker.fetch(SIGNAL)).toEqual(ok('rows'));
    instead = () => undefined;
    expect(await taker.look(SIGNAL)).toEqual(ok('file'));
  });

  it('that is not what its manifest says gives way to rows', async () => {
    whole = false;
    await taker.look(SIGNAL);
    for (let way = await taker.fetch(SIGNAL); way.ok && way.value === 'file';) way = await taker.fetch(SIGNAL);
    expect(last()).toMatchObject({ state: 'refused', code: 'damaged' });
  });
});

describe('a snapshot is not taken', () => {
  const refusal = async (): Promise<SnapshotState | undefined> => {
    expect(await taker.look(SIGNAL)).toEqual(ok('rows'));
    expect(asked).not.toContain('piece');
    return last();
  };

  it('where another key signed it, or another organisation’s head office', async () => {
    offered = offerOf(MANIFEST, generateSigningKeys());
    expect(await refusal()).toMatchObject({ state: 'refused', code: 'not-proven' });
    offered = offerOf({ ...MANIFEST, org: 'other' as OrgId }); // a name of the tests
    taker.manyRows();
    now += 3_600_000;
    expect(await refusal()).toMatchObject({ state: 'refused', code: 'not-proven' });
  });

  it('where its tables are of another version', async () => {
    offered = offerOf({ ...MANIFEST, layout: { ...LAYOUT, version: 4 } });
    expect(await refusal()).toMatchObject({ state: 'refused', code: 'other-layout' });
  });

  it('where the disk would be left with too little', async () => {
    free -= 1;
    expect(await refusal()).toMatchObject({ state: 'refused', code: 'no-space' });
  });

  it('where rows cost less; and it is not asked about again at once', async () => {
    offered = { ...offerOf(MANIFEST), behind: 4_999 };
    expect(await refusal()).toEqual({ state: 'none' });
    taker.manyRows();
    await taker.look(SIGNAL);
    expect(asked).toHaveLength(1);
    now += 3_600_000;
    await taker.look(SIGNAL);
    expect(asked).toHaveLength(2);
  });

  it('where what came after it is most of what is missing', () => {
    expect(snapshotPays({ behind: 10_000, behindSnapshot: 0 }, { sentBytes: 3_000_000 })).toBe(true);
    expect(snapshotPays({ behind: 10_000, behindSnapshot: 9_000 }, { sentBytes: 3_000_000 })).toBe(false);
  });
});
