/** Cuts a file into chunks, compresses them and keeps them by their hashes. What is kept already, since the file did not change there, stays. */
import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { HashHex } from '../../../base/ids.ts';
import { SNAPSHOT_CHUNK_BYTES } from '../../protocol/snapshot.ts';
import type { Database } from '../store/client.ts';
import { isChunkKept, saveChunk } from '../store/snapshots.ts';

const compress = promisify(brotliCompress);
/** Measured on members' rows (docs/decisions/0008): higher ones take several times as long for a tenth less. */
const QUALITY = 1;
/** Chunks in the works at once: compression runs beside reading and storing. */
const AT_ONCE = 3;

export type KeptFile = { readonly bytes: number; readonly sentBytes: number; readonly chunks: readonly HashHex[] };

export async function keepFile(database: Database, file: string): Promise<KeptFile> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const count = Math.ceil(size / SNAPSHOT_CHUNK_BYTES);
    const chunks: HashHex[] = [];
    let sentBytes = 0;
    let next = 0;
    const work = async (): Promise<void> => {
      for (let index = next; index < count; index = next) {
        next += 1;
        const kept = await keepChunk(database, await readChunk(handle, index, size));
        chunks[index] = kept.hash;
        sentBytes += kept.sentBytes;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return { bytes: size, sentBytes, chunks };
  } finally {
    await handle.close();
  }
}

async function readChunk(handle: FileHandle, index: number, size: number): Promise<Buffer> {
  const start = index * SNAPSHOT_CHUNK_BYTES;
  const chunk = Buffer.allocUnsafe(Math.min(SNAPSHOT_CHUNK_BYTES, size - start));
  for (let at = 0; at < chunk.length;) {
    const { bytesRead } = await handle.read(chunk, at, chunk.length - at, start + at);
    if (bytesRead === 0) throw new Error('the file of the snapshot got shorter while it was read');
    at += bytesRead;
  }
  return chunk;
}

async function keepChunk(database: Database, chunk: Buffer): Promise<{ hash: HashHex; sentBytes: number }> {
  const hash = createHash('sha256').update(chunk).digest('hex') as HashHex; // in its form
  const before = await isChunkKept(database, hash);
  if (before !== undefined) return { hash, sentBytes: before };
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: chunk.length };
  const sent = await compress(chunk, { params });
  await saveChunk(database, hash, sent);
  return { hash, sentBytes: sent.length };
}
