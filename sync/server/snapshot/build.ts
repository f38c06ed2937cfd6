/** Makes a snapshot: file, chunks, signed manifest. Several processes of head office may be told to at once; one does. */
import { mkdtempSync, rmSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signer } from '../../../base/node/signing.ts';
import { manifestToSign, type SnapshotManifest } from '../../protocol/snapshot.ts';
import type { Database } from '../store/client.ts';
import { MEMBERS_LAYOUT } from '../store/members-file.ts';
import type { Organisation } from '../store/organisation.ts';
import { countMembersBehind, saveSnapshot, withSnapshotLock } from '../store/snapshots.ts';
import { keepFile } from './keep-file.ts';
import { makeFile } from './make-file.ts';

export type Built = {
  readonly rows: number;
  readonly bytes: number;
  readonly sentBytes: number;
  readonly position: number;
};
/** `busy`: another process is at it. `no-space`: where the file is made there is not enough room for it. */
export type BuildOutcome =
  | { readonly outcome: 'built'; readonly built: Built }
  | { readonly outcome: 'busy' | 'no-space' };

export type BuildOptions = {
  readonly database: Database;
  readonly org: Organisation;
  readonly at: number;
  readonly folder?: string;
};

/** Of a member's row with its indexes, and more than most have. */
const ROW_BYTES = 2_000;
const MEMBERS_MAX = 100_000_000;

export async function buildSnapshot(options: BuildOptions): Promise<BuildOutcome> {
  return await withSnapshotLock(options.database, () => build(options)).then((built) =>
    built === 'busy' ? { outcome: built } : built,
  );
}

async function build({ database, org, at, folder = tmpdir() }: BuildOptions): Promise<BuildOutcome> {
  const members = await countMembersBehind(database, 0, MEMBERS_MAX);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < members * ROW_BYTES) return { outcome: 'no-space' };
  const own = mkdtempSync(join(folder, 'loyaltill-snapshot-'));
  try {
    const file = join(own, 'members.db');
    const made = await makeFile(database, file, { org: org.id, epoch: org.epoch, madeAt: at });
    const kept = await keepFile(database, file);
    const manifest: SnapshotManifest = {
      v: 1,
      org: org.id,
      epoch: org.epoch,
      position: made.position,
      madeAt: at,
      layout: MEMBERS_LAYOUT,
      rows: made.rows,
      bytes: kept.bytes,
      chunks: [...kept.chunks],
      compression: 'brotli',
      sentBytes: kept.sentBytes,
    };
    const text = JSON.stringify(manifest);
    const signature = signer(org.signing).sign(manifestToSign(text));
    const { rows, bytes, sentBytes, position } = manifest;
    await database.begin((transaction) => saveSnapshot(transaction, { position, text, signature }, manifest));
    return { outcome: 'built', built: { rows, bytes, sentBytes, position } };
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}
