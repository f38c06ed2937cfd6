/** Members' rows by their place in the feed: what really lies here is added up, and a range that is not as head office has it is put right. */
import type { MemberId } from '../../base/ids.ts';
import { encodeState } from '../../ledger/state-text.ts';
import type { Mending } from '../../sync/client/checksums.ts';
import { positionsIn, rangeOf, rowContent, type CheckedRow } from '../../sync/protocol/checksums.ts';
import type { CardStatus, MemberRow } from '../../sync/protocol/feed.ts';
import { memberWrites } from './members.ts';
import type { WritableDb } from './open-database.ts';

type RangeRow = {
  readonly position: number;
  readonly member: MemberId;
  readonly version: number;
  readonly displayName: string | null;
  readonly birthdayMonth: number | null;
  readonly birthdayDay: number | null;
  readonly segments: string;
  readonly joined: string;
  readonly blocked: number;
  readonly phoneHash: string | null;
  readonly emailHash: string | null;
  readonly cards: string;
  readonly state: string;
};

const COLUMNS = `position, member, version, display_name AS displayName, birthday_month AS birthdayMonth, birthday_day AS birthdayDay,
  segments, joined, blocked, phone_hash AS phoneHash, email_hash AS emailHash, cards, state`;

export function memberRanges(db: WritableDb) {
  const next = db.prepare<[number, number, number], RangeRow>(
    `SELECT ${COLUMNS} FROM member WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`,
  );
  const one = db.prepare<[string], RangeRow>(`SELECT ${COLUMNS} FROM member WHERE member = ?`);
  const cardsOf = db.prepare<[string], { code: string; status: CardStatus }>(
    'SELECT code, status FROM card WHERE member = ?',
  );
  const after = db.prepare<[number], number>('SELECT min(position) FROM member WHERE position > ?').pluck();
  const inRange = db
    .prepare<[number, number, string], MemberId>(
      'SELECT member FROM member WHERE position BETWEEN ? AND ? AND epoch = ?',
    )
    .pluck();
  const drop = db.prepare('DELETE FROM member WHERE member = ?');
  const dropOld = db.prepare('DELETE FROM member WHERE member = ? AND (epoch <> ? OR version <= ?)');
  const dropCards = db.prepare('DELETE FROM card WHERE member = ?');
  const writes = memberWrites(db);
  const contentOf = (row: RangeRow): string => contentHere(row, cardsOf.all(row.member));
  const put = (row: MemberRow, { epoch, serverTime }: Mending): boolean => {
    const before = one.get(row.member);
    const same = before !== undefined && contentOf(before) === contentThere(row);
    if (same && before.position === row.position) return false;
    dropOld.run(row.member, epoch, row.version);
    writes.put(row, epoch, serverTime);
    return !same;
  };
  return {
    contents: (range: number, from: number, most: number): { position: number; content: string }[] => {
      const { first, last } = positionsIn(range);
      const rows = next.all(Math.max(from, first - 1), last, most);
      return rows.map((row) => ({ position: row.position, content: contentOf(row) }));
    },
    ranges: (from: number, to: number | null): number[] => {
      const found: number[] = [];
      for (let range = from; to === null || range < to;) {
        const position = after.get(positionsIn(range).first - 1) ?? null;
        range = position === null ? Number.POSITIVE_INFINITY : rangeOf(position);
        if (position === null || (to !== null && range >= to)) return found;
        found.push(range);
        range += 1;
      }
      return found;
    },
    /** Inside `transactMembers`. The members whose rows were not as they should be. */
    mend: (mending: Mending): MemberId[] => {
      const { range, rows, whole, epoch } = mending;
      const changed = rows.filter((row) => put(row, mending)).map(({ member }) => member);
      if (!whole) return changed;
      const { first, last } = positionsIn(range);
      const known = new Set(rows.map(({ member }) => member));
      const strange = inRange.all(first, last, epoch).filter((member) => !known.has(member));
      for (const member of strange) {
        drop.run(member);
        dropCards.run(member);
      }
      return [...changed, ...strange];
    },
  };
}

function contentThere({ member, version, profile, cards, state }: MemberRow): string {
  return rowContent({ member, version, profile, cards, state: encodeState(state) });
}

/** What cannot be read any more is like nothing that head office has. */
function contentHere(row: RangeRow, cards: CheckedRow['cards']): string {
  const { member, version, displayName, birthdayMonth, birthdayDay, joined, phoneHash, emailHash } = row;
  const segments = listIn(row.segments);
  const active = listIn(row.cards)?.toSorted().join();
  const listed = cards.flatMap(({ code, status }) => (status === 'active' ? [code] : []));
  if (segments === undefined || active !== listed.toSorted().join()) return `damaged ${JSON.stringify(row)}`;
  const birthday = birthdayMonth === null || birthdayDay === null ? null : { month: birthdayMonth, day: birthdayDay };
  const blocked = row.blocked === 1;
  const profile = { displayName, birthday, segments, joined, blocked, phoneHash, emailHash };
  return rowContent({ member, version, profile, cards, state: row.state });
}

function listIn(text: string): string[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((one) => typeof one === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
}
