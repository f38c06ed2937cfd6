/** members.db: head office's rows, as the feed brought them. */
import type { CardCode, MemberId } from '../../base/ids.ts';
import { normaliseName } from '../../base/name.ts';
import { encodeState } from '../../ledger/state-text.ts';
import type { CardStatus, MemberRow } from '../../sync/protocol/feed.ts';
import { encodeIncludes } from './includes.ts';
import type { WritableDb } from './open-database.ts';
import { prefixEnd } from './own-profiles.ts';

export type StoredMember = {
  readonly member: MemberId;
  readonly epoch: string;
  readonly version: number;
  /** Head office's clock when it sent the row, ms. */
  readonly asOf: number;
  readonly displayName: string | null;
  readonly birthdayMonth: number | null;
  readonly birthdayDay: number | null;
  /** JSON list. */
  readonly segments: string;
  readonly joined: string;
  readonly blocked: 0 | 1;
  readonly phoneHash: string | null;
  readonly emailHash: string | null;
  /** JSON of [incarnation, seq] pairs; of a row that came in a snapshot those of the whole snapshot. */
  readonly includes: string;
  /** JSON list of active cards. */
  readonly cards: string;
  readonly state: string;
};
export type RowVersion = Pick<StoredMember, 'epoch' | 'version'>;
export type CardHit = { readonly member: MemberId; readonly status: CardStatus };
export type MemberByCard = StoredMember & { readonly status: CardStatus };
export type FeedCursor = { readonly epoch: string | null; readonly position: number; readonly asOf: number | null };

const COLUMNS = `member.member, epoch, version, as_of AS asOf, display_name AS displayName, birthday_month AS birthdayMonth,
  birthday_day AS birthdayDay, segments, joined, blocked, phone_hash AS phoneHash, email_hash AS emailHash,
  CASE member.includes WHEN '*' THEN (SELECT includes FROM snapshot) ELSE member.includes END AS includes, cards, state`;

export function memberTables(db: WritableDb) {
  const versionOf = db.prepare<[string], RowVersion>('SELECT epoch, version FROM member WHERE member = ?');
  const byId = db.prepare<[string], StoredMember>(`SELECT ${COLUMNS} FROM member WHERE member = ?`);
  const card = db.prepare<[string], CardHit>('SELECT member, status FROM card WHERE code = ?');
  const byCard = db.prepare<[string], MemberByCard>(
    `SELECT ${COLUMNS}, card.status FROM card JOIN member USING (member) WHERE card.code = ?`,
  );
  const byName = db.prepare<[string, string, number], StoredMember>(
    `SELECT ${COLUMNS} FROM member WHERE name_key >= ? AND name_key < ? ORDER BY name_key LIMIT ?`,
  );
  const byContact = db.prepare<{ hash: string }, StoredMember>(
    `SELECT ${COLUMNS} FROM member WHERE phone_hash = :hash OR email_hash = :hash`,
  );
  // As its index has it; a damaged state leads nowhere.
  const leading = db
    .prepare<[string], MemberId>(
      `SELECT member FROM member WHERE CASE WHEN json_valid(state) THEN state ->> '$.into' END = ?`,
    )
    .pluck();
  const cursor = db.prepare<[], FeedCursor>('SELECT epoch, position, as_of AS asOf FROM feed_cursor WHERE one = 1');
  const moveCursor = db.prepare('UPDATE feed_cursor SET epoch = ?, position = ?, as_of = ? WHERE one = 1');
  const read = (): FeedCursor => cursor.get() ?? { epoch: null, position: 0, asOf: null };
  let at = read();
  return {
    find: (member: MemberId): StoredMember | undefined => byId.get(member),
    /** Which row is here, without reading it all: its state may be long. */
    findVersion: (member: MemberId): RowVersion | undefined => versionOf.get(member),
    findCard: (code: CardCode): CardHit | undefined => card.get(code),
    /** The member and the card's status in one look-up: what a scan waits for. */
    findByCard: (code: CardCode): MemberByCard | undefined => byCard.get(code),
    findByName: (prefix: string, most: number): StoredMember[] => byName.all(prefix, prefixEnd(prefix), most),
    findByContact: (hash: string): StoredMember[] => byContact.all({ hash }),
    /** Accounts that lead to the member by a claim or a merge, one step. */
    leadsInto: (member: MemberId): MemberId[] => leading.all(member),
    cursor: read,
    /** Of the last page, from memory: what a sale notes as its basis. */
    lastCursor: (): FeedCursor => at,
    ...memberWrites(db),
    setCursor: (epoch: string, position: number, asOf: number): void => {
      moveCursor.run(epoch, position, asOf);
      at = { epoch, position, asOf };
    },
    ...documents(db),
  };
}

/** Inside `transact`, a page at a time. */
export function memberWrites(db: WritableDb) {
  const put =
    db.prepare(`INSERT INTO member (member, epoch, version, as_of, display_name, name_key, birthday_month, birthday_day, segments,
    joined, blocked, phone_hash, email_hash, includes, cards, state, position) VALUES (:member, :epoch, :version, :asOf, :displayName, :nameKey,
    :birthdayMonth, :birthdayDay, :segments, :joined, :blocked, :phoneHash, :emailHash, :includes, :cards, :state, :position)
    ON CONFLICT (member) DO UPDATE SET epoch = excluded.epoch, version = excluded.version, as_of = excluded.as_of,
    display_name = excluded.display_name, name_key = excluded.name_key, birthday_month = excluded.birthday_month,
    birthday_day = excluded.birthday_day, segments = excluded.segments, joined = excluded.joined, blocked = excluded.blocked,
    phone_hash = excluded.phone_hash, email_hash = excluded.email_hash, includes = excluded.includes, cards = excluded.cards, state = excluded.state,
    position = excluded.position
    WHERE member.epoch <> excluded.epoch OR member.version < excluded.version`);
  const dropCards = db.prepare('DELETE FROM card WHERE member = ?');
  const putCard = db.prepare(`INSERT INTO card (code, member, status) VALUES (?, ?, ?)
    ON CONFLICT (code) DO UPDATE SET member = excluded.member, status = excluded.status`);
  const dropOldEpoch = db.prepare('DELETE FROM member WHERE epoch <> ?');
  const dropOrphanCards = db.prepare('DELETE FROM card WHERE member NOT IN (SELECT member FROM member)');
  return {
    /** Keeps the newer of both within an epoch; true where the row changed. */
    put: (row: MemberRow, epoch: string, asOf: number): boolean => {
      const changed = put.run(memberColumns(row, epoch, asOf)).changes === 1;
      if (!changed) return false;
      dropCards.run(row.member);
      for (const { code, status } of row.cards) putCard.run(code, row.member, status);
      return true;
    },
    /** Once all of a new epoch is here, what it does not know is gone. */
    dropOtherEpochs: (epoch: string): void => {
      if (dropOldEpoch.run(epoch).changes > 0) dropOrphanCards.run();
    },
  };
}

/** The one newest of each kind, kept in memory: every receipt reads the store's. */
function documents(db: WritableDb) {
  const all = db.prepare<[], { kind: string; text: string }>('SELECT kind, text FROM document');
  const put = db.prepare(
    'INSERT INTO document (kind, text) VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET text = excluded.text',
  );
  const known = new Map(all.all().map(({ kind, text }) => [kind, text]));
  return {
    document: (kind: 'catalogue' | 'store'): string | undefined => known.get(kind),
    putDocument: (kind: 'catalogue' | 'store', text: string): void => {
      put.run(kind, text);
      known.set(kind, text);
    },
  };
}

function memberColumns(row: MemberRow, epoch: string, asOf: number): Record<string, unknown> {
  const { displayName, birthday, segments, joined, blocked, phoneHash, emailHash } = row.profile;
  return {
    member: row.member,
    epoch,
    version: row.version,
    asOf,
    displayName,
    nameKey: displayName === null ? null : normaliseName(displayName),
    birthdayMonth: birthday?.month ?? null,
    birthdayDay: birthday?.day ?? null,
    segments: JSON.stringify(segments),
    joined,
    blocked: blocked ? 1 : 0,
    phoneHash,
    emailHash,
    includes: encodeIncludes(row.includes),
    cards: JSON.stringify(row.cards.flatMap(({ code, status }) => (status === 'active' ? [code] : []))),
    state: encodeState(row.state),
    position: row.position,
  };
}
