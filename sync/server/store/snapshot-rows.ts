/**
 * All members as a snapshot holds them, in the order of their ids, from one snapshot of the database. Each comes as one text: a million rows of
 * a dozen columns cost twice as much to take off the wire.
 */
import { z } from 'zod';
import type { CardCode, MemberId } from '../../../base/ids.ts';
import { CARD_STATUSES } from '../../protocol/feed.ts';
import type { Transaction } from './client.ts';
import type { MemberFeedRow } from './feed-rows.ts';

export type SnapshotRow = Omit<MemberFeedRow, 'includes' | 'segments' | 'recall'> & {
  /** JSON as in `member_state`, where what the row includes is its own and not the snapshot's: entries of some stream wait. */
  readonly ownIncludes: string | null;
  /** JSON list. */
  readonly segmentsText: string;
  readonly cards: readonly { readonly code: CardCode; readonly status: (typeof CARD_STATUSES)[number] }[];
};

const ROWS_A_FETCH = 4_000;
/** ASCII's separator of units: JSON escapes it, ids and dates have none, and names lose it here. */
const FIELD_END = '\u001f';

export async function eachSnapshotRow(
  transaction: Transaction,
  take: (rows: readonly SnapshotRow[]) => void,
): Promise<void> {
  await transaction`set local work_mem = '64MB'`;
  const cursor = transaction<{ text: string }[]>`
    select concat_ws(${FIELD_END}, state.member, state.version, state.state, case when waits.member is null then '' else state.includes end,
      coalesce(translate(member.first_name, ${FIELD_END}, ''), ''), coalesce(member.birthday, ''), to_json(member.segments)::text,
      member.joined, member.blocked::int, coalesce(member.phone_hash, ''), coalesce(member.email_hash, ''), coalesce(cards.list, '[]'), state.position
    ) as text
    from member_state as state
    join member on member.id = state.member
    left join (select distinct member from deferral) as waits on waits.member = state.member
    left join (
      select owner, json_agg(json_build_array(code, status) order by code collate "C")::text as list from card group by owner
    ) as cards on cards.owner = state.member
    order by state.member`.cursor(ROWS_A_FETCH);
  for await (const rows of cursor) take(rows.map(({ text }) => rowOf(text.split(FIELD_END))));
}

const cardsSchema = z.array(
  z.tuple([z.string() as unknown as z.ZodType<CardCode>, z.enum(CARD_STATUSES)]), // our own column
);

/** In the order of the columns above; empty where there is none. */
function rowOf(fields: readonly string[]): SnapshotRow {
  const [member = '', version, state = '', ownIncludes, firstName, birthday, segmentsText = '[]', joined = ''] = fields;
  const [blocked, phoneHash, emailHash, cards = '[]', position] = fields.slice(8);
  return {
    member: member as MemberId, // a column of ids
    version: Number(version),
    position: Number(position),
    state,
    ownIncludes: orNull(ownIncludes),
    firstName: orNull(firstName),
    birthday: orNull(birthday),
    segmentsText,
    joined,
    blocked: blocked === '1',
    phoneHash: orNull(phoneHash),
    emailHash: orNull(emailHash),
    cards: cardsSchema.parse(JSON.parse(cards)).map(([code, status]) => ({ code, status })),
  };
}

function orNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
