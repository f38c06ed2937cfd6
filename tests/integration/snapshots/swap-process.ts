/** A till that does nothing but take one snapshot after the other, until it is killed: `node swap-process.ts DATA-FOLDER SNAPSHOT-FOLDER`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { snapshotManifestSchema, SNAPSHOT_CHUNK_BYTES } from '../../../sync/protocol/snapshot.ts';
import { openTillStore } from '../../../till/store/till-store.ts';
import { MIGRATIONS } from '../../../till/testing/test-till.ts';

const [dataFolder = '', snapshots = ''] = process.argv.slice(2);
const opened = openTillStore(dataFolder, MIGRATIONS);
if (!opened.ok) throw new Error(opened.error.message);
const store = opened.value;
const disk = store.snapshots.disk(
  () => [],
  () => undefined,
);
process.send?.('ready');
for (;;) {
  for (const name of ['a', 'b']) {
    const text = readFileSync(path.join(snapshots, `${name}.json`), 'utf8');
    const manifest = snapshotManifestSchema.parse(JSON.parse(text));
    const bytes = readFileSync(path.join(snapshots, `${name}.db`));
    const here = await disk.begin({ text, signature: 'not asked for here' }, manifest);
    for (const index of manifest.chunks.keys()) {
      const start = index * SNAPSHOT_CHUNK_BYTES;
      if (!here.has(index)) await disk.write(index, bytes.subarray(start, start + SNAPSHOT_CHUNK_BYTES));
    }
    if (!(await disk.takeOver(manifest))) throw new Error(`${name} was not taken`);
    // A row of the feed, so that there is a log when the next one comes.
    store.transactMembers(() =>
      store.members.putDocument('store', JSON.stringify({ name, at: process.hrtime().join('.') })),
    );
    process.send?.(`took ${name}`);
  }
}
