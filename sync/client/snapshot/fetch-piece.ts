/** One piece of a snapshot: asked for, unpacked, proven by its hash. */
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import type { HashHex } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import { failed, ok, type Result } from '../../../base/result.ts';
import { SNAPSHOT_CHUNK_PATH } from '../../protocol/paths.ts';
import { SNAPSHOT_CHUNK_BYTES } from '../../protocol/snapshot.ts';
import { DAMAGED } from '../failures.ts';
import type { HeadOffice } from '../head-office.ts';
import type { SyncFailure } from '../ports.ts';

const decompress = promisify(brotliDecompress);

/** One that came damaged is asked for again so often; then the line, or who is on it, gets a rest. */
const TRIES = 3;

/** `gone`: head office does not keep this snapshot any more. */
export async function fetchPiece(
  headOffice: HeadOffice,
  hash: HashHex,
  signal: AbortSignal,
): Promise<Result<Uint8Array, SyncFailure | 'gone'>> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const answer = await headOffice.fetchBytes({ path: `${SNAPSHOT_CHUNK_PATH}/${hash}` }, signal);
    if (!answer.ok) return failed(answer.error.status === 404 ? 'gone' : answer.error.failure);
    const piece = await unpack(answer.value);
    if (piece !== undefined && sha256(piece) === hash) return ok(piece);
  }
  return failed(DAMAGED);
}

/** Bounded, since what comes is not proven yet. */
async function unpack(sent: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    return await decompress(sent, { maxOutputLength: SNAPSHOT_CHUNK_BYTES });
  } catch {
    return undefined;
  }
}
