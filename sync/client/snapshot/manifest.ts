/** Whether a snapshot is head office's, and one that this till can use. */
import { verifier } from '../../../base/node/signing.ts';
import { failed, ok, type Result } from '../../../base/result.ts';
import {
  manifestToSign,
  SNAPSHOT_CHUNK_BYTES,
  snapshotManifestSchema,
  type SignedManifest,
  type SnapshotManifest,
} from '../../protocol/snapshot.ts';
import { parseJson } from '../http.ts';
import type { SnapshotRefusal, SnapshotSink } from './ports.ts';

export type ManifestRefusal = { readonly code: SnapshotRefusal; readonly message: string };

const NOT_PROVEN: ManifestRefusal = {
  code: 'not-proven',
  message:
    'A file of members came that head office did not sign. It is not used; members come one by one. Tell head office: somebody may be in between.',
};
const OTHER_LAYOUT: ManifestRefusal = {
  code: 'other-layout',
  message: 'The file of members is for another version of Loyaltill. Members come one by one, which takes longer.',
};

/** The signature first: nothing of what it says counts before. */
export function readManifest(
  { signingKey, org, layout }: Pick<SnapshotSink, 'signingKey' | 'org' | 'layout'>,
  { text, signature }: SignedManifest,
): Result<SnapshotManifest, ManifestRefusal> {
  if (signingKey === null || !verifier(signingKey).verify(manifestToSign(text), signature)) return failed(NOT_PROVEN);
  const parsed = snapshotManifestSchema.safeParse(parseJson(text));
  // Signed and not understood: a newer head office.
  if (!parsed.success) return failed(OTHER_LAYOUT);
  const manifest = parsed.data;
  if (manifest.org !== org) return failed(NOT_PROVEN);
  if (manifest.layout.version !== layout.version || manifest.layout.hash !== layout.hash) return failed(OTHER_LAYOUT);
  const chunks = Math.ceil(manifest.bytes / SNAPSHOT_CHUNK_BYTES);
  return chunks === manifest.chunks.length ? ok(manifest) : failed(NOT_PROVEN);
}
