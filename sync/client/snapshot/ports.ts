/** What a till does with a snapshot on its disk; till/store implements it. Pieces are compressed no more. */
import type { HashHex, OrgId } from '../../../base/ids.ts';
import type { SignedManifest, SnapshotManifest } from '../../protocol/snapshot.ts';

/** For the status: what comes, or why nothing does. */
export type SnapshotState =
  | { readonly state: 'none' }
  /** Pieces that are here, of all. */
  | { readonly state: 'coming'; readonly here: number; readonly of: number }
  /** By rows instead; a sentence. `not-proven` says that somebody between head office and this till may be false. */
  | { readonly state: 'refused'; readonly code: SnapshotRefusal; readonly message: string };

export type SnapshotRefusal = 'not-proven' | 'no-space' | 'other-layout' | 'damaged';

export type SnapshotDisk = {
  /** Bytes that the till may still fill. */
  freeBytes(): Promise<number>;
  /** The manifest of a download that was cut. */
  pending(): SignedManifest | undefined;
  /** Takes up a download, or begins one: the pieces that are here already and right. */
  begin(signed: SignedManifest, manifest: SnapshotManifest): Promise<ReadonlySet<number>>;
  write(index: number, piece: Uint8Array): Promise<void>;
  /**
   * All pieces are here: proves the file once more, opens it and puts it in the place of the rows. False where it is not what the manifest
   * says; then nothing has changed, and the download is gone. A crash at any point leaves the old rows, or the new ones.
   */
  takeOver(manifest: SnapshotManifest): Promise<boolean>;
  /** Deletes what was downloaded. */
  drop(): void;
};

export type SnapshotSink = {
  readonly org: OrgId;
  /** What head office signs with, raw, base64url; null where this till was not told. */
  readonly signingKey: string | null;
  /** Of this till's members.db. */
  readonly layout: { readonly version: number; readonly hash: HashHex };
  readonly disk: SnapshotDisk;
  /** Where the other kinds of rows stand that a snapshot has not: null where nothing is missing. */
  beside(): { readonly epoch: string; readonly position: number } | null;
  changed(state: SnapshotState): void;
};
