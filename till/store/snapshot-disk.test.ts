import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardCode, IncarnationId, MemberId, OrgId } from '../../base/ids.ts';
import { sha256 } from '../../base/node/hash.ts';
import { NEW_MEMBER_STATE } from '../../ledger/member-state.ts';
import type { SnapshotDisk } from '../../sync/client/snapshot/ports.ts';
import type { MemberRow } from '../../sync/protocol/feed.ts';
import { SNAPSHOT_CHUNK_BYTES, type SnapshotManifest } from '../../sync/protocol/snapshot.ts';
import type { EpochId } from '../../sync/protocol/versions.ts';
import { MIGRATIONS } from '../testing/test-till.ts';
import { parseIncludes } from './includes.ts';
import { openDatabase } from './open-database.ts';
import { openTillStore, type TillStore } from './till-store.ts';

const OWN = 'own' as IncarnationId; // names of the tests
const CARD = '2900000000018' as CardCode;
const ADA = 'ada' as MemberId;

let folder: string;
let store: TillStore;
let disk: SnapshotDisk;
let taken: number;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-disk-'));
  store = opened('till');
  taken = 0;
  disk = store.snapshots.disk(
    () => [OWN],
    () => (taken += 1),
  );
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function opened(name: string): TillStore {
  const result = openTillStore(path.join(folder, name), MIGRATIONS);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function row(member: MemberId, version: number): MemberRow {
  const profile = { displayName: 'Ada', birthday: null, segments: [], joined: '2026-01-01', blocked: false };
  return {
    kind: 'member',
    position: version,
    member,
    version,
    profile: { ...profile, phoneHash: null, emailHash: null },
    cards: [{ code: CARD, status: 'active' }],
    state: NEW_MEMBER_STATE,
    includes: [],
    recall: null,
  };
}

/** Another till's file, made as head office makes one; `change` spoils it. */
function snapshotOf(change: (db: ReturnType<typeof openDatabase>) => void = () => undefined) {
  const maker = opened('maker');
  maker.transactMembers(() => maker.members.put(row(ADA, 5), 'e1', 1));
  maker.close();
  const file = path.join(folder, 'maker', 'members.db');
  const db = openDatabase(file, 'NORMAL');
  db.exec(`UPDATE member SET includes = '*';
    INSERT INTO snapshot VALUES (1, 'org', 'e1', 50, 7, 1, '[["own",12],["other",3]]', NULL)`);
  change(db);
  db.pragma('journal_mode = DELETE');
  db.close();
  const bytes = readFileSync(file);
  const pieces = Array.from({ length: Math.ceil(bytes.length / SNAPSHOT_CHUNK_BYTES) }, (_, index) =>
    bytes.subarray(index * SNAPSHOT_CHUNK_BYTES, (index + 1) * SNAPSHOT_CHUNK_BYTES),
  );
  const manifest: SnapshotManifest = {
    v: 1,
    org: 'org' as OrgId, // names of the tests
    epoch: 'e1' as EpochId, // likewise
    position: 50,
    madeAt: 7,
    layout: store.snapshots.layout,
    rows: 1,
    bytes: bytes.length,
    chunks: pieces.map((piece) => sha256(piece)),
    compression: 'brotli',
    sentBytes: 1,
  };
  return { manifest, pieces };
}

async function download({ manifest, pieces }: ReturnType<typeof snapshotOf>): Promise<void> {
  await disk.begin({ text: JSON.stringify(manifest), signature: 's' }, manifest);
  for (const [index, piece] of pieces.entries()) await disk.write(index, piece);
}

const leftovers = (): string[] => readdirSync(path.join(folder, 'till')).filter((name) => name.includes('next'));

describe('a snapshot that is here', () => {
  it('takes the place of the rows, with this till’s part of what they include', async () => {
    store.transactMembers(() => {
      store.members.put({ ...row('gone' as MemberId, 1), cards: [] }, 'e1', 1); // a name of the tests
      store.members.putDocument('store', '{"kept":true}');
      store.members.setCursor('e1', 20, 1);
    });
    const snapshot = snapshotOf();
    await download(snapshot);
    expect(await disk.takeOver(snapshot.manifest)).toBe(true);
    expect(taken).toBe(1);
    const ada = store.members.findByCard(CARD);
    expect(ada).toMatchObject({ member: ADA, version: 5, epoch: 'e1' });
    expect(parseIncludes(ada?.includes)).toEqual(new Map([[OWN, 12]]));
    expect(store.members.find('gone' as MemberId)).toBeUndefined(); // a name of the tests
    expect(store.members.document('store')).toBe('{"kept":true}');
    expect(store.members.lastCursor()).toEqual({ epoch: 'e1', position: 50, asOf: 7 });
    // Other rows than members' are as far as the old file was.
    expect(store.snapshots.beside()).toEqual({ epoch: 'e1', position: 20 });
    store.transactMembers(() => store.members.put(row(ADA, 6), 'e1', 9));
    expect(store.members.find(ADA)).toMatchObject({ version: 6, includes: '[]' });
    expect(leftovers()).toEqual([]);
  });

  it.each([
    ['is no database', (pieces: Buffer[]) => pieces[0]?.fill(0, 0, 100)],
    ['has damaged pages', (pieces: Buffer[]) => pieces[0]?.fill(1, 4_096, 20_000)],
  ])('is not used where it %s, although every hash holds', async (_, spoil) => {
    const snapshot = snapshotOf();
    const pieces = snapshot.pieces.map((piece) => Buffer.from(piece));
    spoil(pieces);
    const manifest = { ...snapshot.manifest, chunks: pieces.map((piece) => sha256(piece)) };
    await download({ manifest, pieces });
    expect(await disk.takeOver(manifest)).toBe(false);
    expect({ taken, left: leftovers() }).toEqual({ taken: 0, left: [] });
    expect(store.members.lastCursor()).toMatchObject({ epoch: null });
  });

  it.each([
    ['organisation', { org: 'other' as OrgId }], // names of the tests
    ['epoch', { epoch: 'e2' as EpochId }],
    ['position', { position: 51 }],
    ['number of rows', { rows: 2 }],
  ])('is not used where its manifest says another %s', async (_, other) => {
    const snapshot = snapshotOf();
    await download(snapshot);
    expect(await disk.takeOver({ ...snapshot.manifest, ...other })).toBe(false);
    expect(taken).toBe(0);
  });

  it('is not used with a byte that is another on the disk than it was on the way', async () => {
    const snapshot = snapshotOf();
    await download(snapshot);
    const file = path.join(folder, 'till', 'members-next.db');
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(9_000) ^ 1, 9_000);
    writeFileSync(file, bytes);
    expect(await disk.takeOver(snapshot.manifest)).toBe(false);
    expect(taken).toBe(0);
  });

  it('that was spoiled halfway keeps the pieces that are right', async () => {
    const snapshot = snapshotOf((db) => {
      db.exec(`CREATE TABLE filler (text TEXT); INSERT INTO filler VALUES (hex(randomblob(3000000)))`);
    });
    await download(snapshot);
    const file = path.join(folder, 'till', 'members-next.db');
    writeFileSync(file, Buffer.concat([readFileSync(file).fill(7, 0, 10), Buffer.alloc(100)]));
    const signed = { text: JSON.stringify(snapshot.manifest), signature: 's' };
    expect(disk.pending()).toEqual(signed);
    expect(await disk.begin(signed, snapshot.manifest)).toEqual(new Set([1]));
  });
});
