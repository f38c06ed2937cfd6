/** Snapshots as they are kept: manifest and chunks in the database, so that each process of head office can serve what one of them made. */
import type { HashHex, IncarnationId } from '../../../base/ids.ts';
import type { EpochId } from '../../protocol/versions.ts';
import type { Database, Queries, Transaction } from './client.ts';

/** A till in the middle of a download goes on with the one before the newest. */
const KEPT = 2;
const SNAPSHOT_LOCK = 0x4c4f_5953;

/** One build at a time, whichever process runs it. The lock ends with the connection, so a killed build holds nobody up. */
export async function withSnapshotLock<Value>(database: Database, work: () => Promise<Value>): Promise<Value | 'busy'> {
  const connection = await database.reserve();
  try {
    const [row] = await connection<{ locked: boolean }[]>`select pg_try_advisory_lock(${SNAPSHOT_LOCK}) as locked`;
    if (row?.locked !== true) return 'busy';
    try {
      return await work();
    } finally {
      await connection`select pg_advisory_unlock(${SNAPSHOT_LOCK})`;
    }
  } finally {
    connection.release();
  }
}

export type KeptSnapshot = { readonly position: number; readonly text: string; readonly signature: string };

export async function newestSnapshot(
  queries: Queries,
  epoch: EpochId,
): Promise<(KeptSnapshot & { readonly madeAt: number }) | undefined> {
  const [row] = await queries<(KeptSnapshot & { readonly madeAt: number })[]>`
    select position, made_at, manifest as text, signature from snapshot where epoch = ${epoch} order by id desc limit 1`;
  return row;
}

/** Older ones than the newest two go, with the chunks that no other names. */
export async function saveSnapshot(
  transaction: Transaction,
  { position, text, signature }: KeptSnapshot,
  { epoch, madeAt }: { readonly epoch: EpochId; readonly madeAt: number },
): Promise<void> {
  await transaction`
    insert into snapshot (epoch, position, made_at, manifest, signature)
    values (${epoch}, ${position}, ${madeAt}, ${text}, ${signature})`;
  await transaction`delete from snapshot where id not in (select id from snapshot order by id desc limit ${KEPT})`;
  await transaction`
    delete from snapshot_chunk where hash not in (
      select jsonb_array_elements_text(manifest::jsonb -> 'chunks') from snapshot)`;
}

/** True where it was there already: the file has not changed in this place. */
export async function isChunkKept(queries: Queries, hash: HashHex): Promise<number | undefined> {
  const [row] = await queries<{ bytes: number }[]>`
    select length(bytes)::bigint as bytes from snapshot_chunk where hash = ${hash}`;
  return row?.bytes;
}

export async function saveChunk(queries: Queries, hash: HashHex, bytes: Buffer): Promise<void> {
  await queries`insert into snapshot_chunk (hash, bytes) values (${hash}, ${bytes}) on conflict do nothing`;
}

/** As it travels. */
export async function findChunk(queries: Queries, hash: HashHex): Promise<Buffer | undefined> {
  const [row] = await queries<{ bytes: Buffer }[]>`select bytes from snapshot_chunk where hash = ${hash}`;
  return row?.bytes;
}

/** Rows of members behind a position, counted up to a limit: beyond it, more is as good as many. */
export async function countMembersBehind(queries: Queries, after: number, most: number): Promise<number> {
  const [row] = await queries<{ count: number }[]>`
    select count(*) as count from (select 1 from member_state where position > ${after} limit ${most}) as behind`;
  return row?.count ?? 0;
}

/**
 * Of each stream, the seq up to which every member's row includes its entries. What is accepted and not folded yet is in no row: positions
 * rise with seq within a stream, so its first such entry says where it ends. Members of whom entries wait (deferral) are told row by row.
 */
export async function includedOfStreams(
  transaction: Transaction,
): Promise<{ readonly inc: IncarnationId; readonly seq: number }[]> {
  return await transaction<{ inc: IncarnationId; seq: number }[]>`
    select incarnation.id as inc, coalesce(waiting.first - 1, received_seq) as seq
    from incarnation
    left join (
      select inc, min(seq) as first from entry where position > (select last from counter where name = 'folded') group by inc
    ) as waiting on waiting.inc = incarnation.id
    where coalesce(waiting.first - 1, received_seq) > 0
    order by incarnation.id`;
}
