/** A snapshot's way to its place, as the sync loop asks for it (sync/client/snapshot/ports.ts). */
import { existsSync } from 'node:fs';
import type { IncarnationId } from '../../base/ids.ts';
import { layoutOf, type Migration } from '../../base/node/migration-files.ts';
import type { SnapshotDisk, SnapshotSink } from '../../sync/client/snapshot/ports.ts';
import type { MemberFile } from './member-files.ts';
import { snapshotDownload } from './snapshot-download.ts';
import { makeReady } from './snapshot-ready.ts';

export type SnapshotStore = {
  readonly layout: SnapshotSink['layout'];
  /** `taken` is called in the turn in which the rows are others. */
  disk(incs: () => readonly IncarnationId[], taken: () => void): SnapshotDisk;
  /** Rows that the snapshot had not, up to its position. */
  beside(): { readonly epoch: string; readonly position: number } | null;
};

export function snapshotStore(folder: string, live: MemberFile, migrations: readonly Migration[]): SnapshotStore {
  const download = snapshotDownload(folder);
  return {
    layout: layoutOf(migrations),
    beside: () => {
      const origin = live.snapshot.origin();
      if (origin === undefined || origin.besidePosition === null) return null;
      // Rows of a new epoch come all together.
      return origin.epoch === live.members.cursor().epoch
        ? { epoch: origin.epoch, position: origin.besidePosition }
        : null;
    },
    disk: (incs, taken) => ({
      ...download,
      drop: () => {
        // A look at every start must not touch the disk where there is nothing.
        if (download.pending() !== undefined || existsSync(download.file)) download.drop();
      },
      takeOver: async (manifest) => {
        const good =
          (await download.isWhole(manifest)) &&
          (await makeReady(download.file, { manifest, migrations, incs: incs(), live: live.readable }));
        if (good) {
          await download.flush();
          live.replaceBy(download.file);
          taken();
        }
        download.drop();
        return good;
      },
    }),
  };
}
