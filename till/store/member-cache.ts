import type { IncarnationId, MemberId } from '../../base/ids.ts';
import type { MemberState } from '../../ledger/member-state.ts';
import { encodeState } from '../../ledger/state-text.ts';
import type { WritableDb } from './open-database.ts';

/**
 * That this till wrote entries on an account, and where it is short its folded state with what it was folded from; a newer row of head
 * office makes that worthless.
 */
export type CachedMember = {
  readonly member: MemberId;
  /** `<epoch>/<version>` of head office's row, empty where there was none. */
  readonly row: string;
  /** The last own entry in the state; without a state one of the account's entries. */
  readonly inc: IncarnationId;
  readonly seq: number;
  /** Empty where it is folded when it is asked for. */
  readonly state: string;
};

/** Stands for no row of anybody: what was folded is worth nothing any more. */
const NO_ROW = '-';

export function memberCache(db: WritableDb) {
  const get = db.prepare<[string], CachedMember>(
    'SELECT member, row, inc, seq, state FROM member_cache WHERE member = ?',
  );
  const put = db.prepare(
    `INSERT INTO member_cache (member, row, inc, seq, state) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (member) DO UPDATE SET row = excluded.row, inc = excluded.inc, seq = excluded.seq, state = excluded.state`,
  );
  const forget = db.prepare(`UPDATE member_cache SET row = '${NO_ROW}', state = ''`);
  return {
    find: (member: MemberId): CachedMember | undefined => get.get(member),
    /** Inside `transact`, with the entry that the state includes. Without a state it is folded when it is asked for. */
    put: ({
      member,
      row,
      inc,
      seq,
      state,
    }: Omit<CachedMember, 'state'> & { readonly state: MemberState | null }): void => {
      if (state === null) put.run(member, NO_ROW, inc, seq, '');
      else put.run(member, row, inc, seq, encodeState(state));
    },
    /** Another version of the programme came: it may have judged what was folded without it. */
    forget: (): void => {
      forget.run();
    },
  };
}
