/** What head office has for a till at a cursor: how far it is behind, and the newest snapshot. */
import type { z } from 'zod';
import type { snapshotQuerySchema, SnapshotOffer } from '../../protocol/snapshot.ts';
import type { EpochId } from '../../protocol/versions.ts';
import type { Database } from '../store/client.ts';
import { countMembersBehind, newestSnapshot } from '../store/snapshots.ts';

/** Counting further would say nothing new: so many rows cost more than any file. */
const COUNTED_MAX = 5_000_000;

export async function snapshotOffer(
  { database, epoch }: { readonly database: Database; readonly epoch: EpochId },
  query: z.output<typeof snapshotQuerySchema>,
): Promise<SnapshotOffer> {
  // The rows of another epoch are worth nothing in this one.
  const after = query.epoch === epoch ? query.after : 0;
  const behind = await countMembersBehind(database, after, COUNTED_MAX);
  const newest = await newestSnapshot(database, epoch);
  if (newest === undefined) return { behind, behindSnapshot: behind, snapshot: null };
  const behindSnapshot = await countMembersBehind(database, newest.position, COUNTED_MAX);
  return { behind, behindSnapshot, snapshot: { text: newest.text, signature: newest.signature } };
}
