/** All members as a snapshot holds them, in the order of their ids, from one snapshot of the database. */
import type { CardCode } from '../../../base/ids.ts';
import type { CardStatus } from '../../protocol/feed.ts';
import type { Transaction } from './client.ts';
import type { MemberFeedRow } from './feed-rows.ts';

export type SnapshotRow = Omit<MemberFeedRow, 'position' | 'includes'> & {
  /** JSON as in `member_state`, where what the row includes is its own and not the snapshot's: entries of some stream wait. */
  readonly ownIncludes: string | null;
  readonly cards: CardCode[] | null;
  readonly cardStatuses: CardStatus[] | null;
};

const ROWS_A_FETCH = 4_000;

/** The planner joins by the order of ids or sorts; for the sorts it gets some room. */
export async function eachSnapshotRow(
  transaction: Transaction,
  take: (rows: readonly SnapshotRow[]) => void,
): Promise<void> {
  await transaction`set local work_mem = '64MB'`;
  const cursor = transaction<SnapshotRow[]>`
    select state.member, state.version, state.state,
      case when waits.member is null then null else state.includes end as own_includes,
      member.first_name, member.birthday, member.segments, member.joined, member.blocked, member.phone_hash, member.email_hash,
      cards.codes as cards, cards.statuses as card_statuses
    from member_state as state
    join member on member.id = state.member
    left join (select distinct member from deferral) as waits on waits.member = state.member
    left join (
      select owner, array_agg(code order by code collate "C") as codes, array_agg(status order by code collate "C") as statuses
      from card group by owner
    ) as cards on cards.owner = state.member
    order by state.member`.cursor(ROWS_A_FETCH);
  for await (const rows of cursor) take(rows);
}
