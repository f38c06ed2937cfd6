import type { IncarnationId, MemberId } from '../../base/ids.ts';
import { encodeState, type MemberState } from '../../ledger/member-state.ts';
import type { WritableDb } from './open-database.ts';

/** A member's folded state and what it was folded from; a newer row of head office makes it worthless. */
export type CachedMember = {
  readonly member: MemberId;
  /** `<epoch>/<version>` of head office's row, empty where there was none. */
  readonly row: string;
  readonly inc: IncarnationId;
  readonly seq: number;
  readonly state: string;
};

export function memberCache(db: WritableDb) {
  const get = db.prepare<[string], CachedMember>(
    'SELECT member, row, inc, seq, state FROM member_cache WHERE member = ?',
  );
  const put = db.prepare(
    `INSERT INTO member_cache (member, row, inc, seq, state) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (member) DO UPDATE SET row = excluded.row, inc = excluded.inc, seq = excluded.seq, state = excluded.state`,
  );
  return {
    find: (member: MemberId): CachedMember | undefined => get.get(member),
    /** Inside `transact`, with the entry that the state includes. */
    put: ({ member, row, inc, seq, state }: Omit<CachedMember, 'state'> & { readonly state: MemberState }): void => {
      put.run(member, row, inc, seq, encodeState(state));
    },
  };
}
