/**
 * A snapshot on its way: pieces lie in a file beside members.db, and its manifest beside that. What is in the file counts only by its hashes, so
 * nothing is noted piece by piece: after a cut, a crash, or a take-over that did not come to its end, what is right stays and the rest is fetched.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, statfs, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { sha256 } from '../../base/node/hash.ts';
import {
  signedManifestSchema,
  SNAPSHOT_CHUNK_BYTES,
  type SignedManifest,
  type SnapshotManifest,
} from '../../sync/protocol/snapshot.ts';

export const NEXT_FILE = 'members-next.db';
const MANIFEST_FILE = 'members-next.json';
const SIDE_FILES = ['-journal', '-wal', '-shm'];

export type SnapshotDownload = {
  readonly file: string;
  freeBytes(): Promise<number>;
  pending(): SignedManifest | undefined;
  /** The pieces that are here and right. */
  begin(signed: SignedManifest, manifest: SnapshotManifest): Promise<ReadonlySet<number>>;
  write(index: number, piece: Uint8Array): Promise<void>;
  /** All of it is on disk, and right as it is read back. */
  isWhole(manifest: SnapshotManifest): Promise<boolean>;
  /** So that a crash of the machine leaves all of it. */
  flush(): Promise<void>;
  drop(): void;
};

export function snapshotDownload(folder: string): SnapshotDownload {
  const file = path.join(folder, NEXT_FILE);
  const manifestFile = path.join(folder, MANIFEST_FILE);
  const drop = (): void => {
    for (const name of [manifestFile, file, ...SIDE_FILES.map((side) => file + side)]) rmSync(name, { force: true });
  };
  return {
    file,
    // What lies here already is part of what is needed.
    freeBytes: async () => {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize + (existsSync(file) ? await withFile(file, 'r', bytesOnDisk) : 0);
    },
    pending: () => readManifest(manifestFile),
    begin: async (signed, manifest) => {
      for (const side of SIDE_FILES) rmSync(file + side, { force: true });
      const known = existsSync(file);
      closeSync(openSync(file, 'a', 0o600));
      const here = await withFile(file, 'r+', async (handle) => {
        await handle.truncate(manifest.bytes);
        return known ? await rightPieces(handle, manifest) : new Set<number>();
      });
      writeManifest(manifestFile, signed);
      return here;
    },
    write: (index, piece) =>
      withFile(file, 'r+', async (handle) => {
        await handle.write(piece, 0, piece.length, index * SNAPSHOT_CHUNK_BYTES);
      }),
    isWhole: (manifest) =>
      withFile(file, 'r', async (handle) => {
        const { size } = await handle.stat();
        return size === manifest.bytes && (await rightPieces(handle, manifest)).size === manifest.chunks.length;
      }),
    flush: () => withFile(file, 'r+', (handle) => handle.sync()),
    drop,
  };
}

async function withFile<Value>(
  file: string,
  flags: string,
  work: (handle: FileHandle) => Promise<Value>,
): Promise<Value> {
  const handle = await open(file, flags);
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}

async function bytesOnDisk(handle: FileHandle): Promise<number> {
  const { blocks, size } = await handle.stat();
  return blocks === undefined ? size : blocks * 512; // POSIX: blocks of 512 bytes, whatever the file system's
}

async function rightPieces(handle: FileHandle, { chunks, bytes }: SnapshotManifest): Promise<Set<number>> {
  const right = new Set<number>();
  const buffer = Buffer.allocUnsafe(SNAPSHOT_CHUNK_BYTES);
  for (const [index, hash] of chunks.entries()) {
    const start = index * SNAPSHOT_CHUNK_BYTES;
    const length = Math.min(SNAPSHOT_CHUNK_BYTES, bytes - start);
    if (sha256(await readPiece(handle, buffer.subarray(0, length), start)) === hash) right.add(index);
  }
  return right;
}

/** Shorter where the file ends. */
async function readPiece(handle: FileHandle, into: Buffer, start: number): Promise<Buffer> {
  let at = 0;
  while (at < into.length) {
    const { bytesRead } = await handle.read(into, at, into.length - at, start + at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return into.subarray(0, at);
}

function readManifest(file: string): SignedManifest | undefined {
  try {
    return signedManifestSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined; // none, or half of one: it begins anew
  }
}

function writeManifest(file: string, signed: SignedManifest): void {
  const beside = `${file}.new`;
  writeFileSync(beside, JSON.stringify(signed), { mode: 0o600 });
  const handle = openSync(beside, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  renameSync(beside, file);
}
