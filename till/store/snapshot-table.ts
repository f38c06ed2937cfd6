/** Where members.db came from as a snapshot of head office, and how far the rows are that it had not. */
import type { WritableDb } from './open-database.ts';

export type SnapshotOrigin = {
  readonly org: string;
  readonly epoch: string;
  readonly position: number;
  readonly madeAt: number;
  readonly memberRows: number;
  /** JSON of [incarnation, seq] pairs. */
  readonly includes: string;
  readonly besidePosition: number | null;
};

export function snapshotTable(db: WritableDb) {
  const get = db.prepare<[], SnapshotOrigin>(
    `SELECT org, epoch, position, made_at AS madeAt, member_rows AS memberRows, includes, beside_position AS besidePosition
     FROM snapshot WHERE one = 1`,
  );
  const move = db.prepare('UPDATE snapshot SET beside_position = ? WHERE one = 1');
  return {
    origin: (): SnapshotOrigin | undefined => get.get(),
    /** Inside `transactMembers`. Null: all rows that the snapshot had not are here. */
    setBeside: (position: number | null): void => {
      move.run(position);
    },
  };
}
