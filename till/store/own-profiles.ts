import type { IncarnationId, MemberId } from '../../base/ids.ts';
import type { WritableDb } from './open-database.ts';

/** What this till keeps of a person that it enrolled, until head office's row is there; erasable. */
export type OwnProfile = {
  readonly member: MemberId;
  readonly displayName: string | null;
  readonly nameKey: string | null;
  readonly birthdayMonth: number | null;
  readonly birthdayDay: number | null;
  readonly joined: string;
  /** JSON list. */
  readonly segments: string;
  readonly phoneHash: string | null;
  readonly emailHash: string | null;
  readonly inc: IncarnationId;
  readonly seq: number;
  readonly sealed: string;
};

const COLUMNS = `member, display_name AS displayName, name_key AS nameKey, birthday_month AS birthdayMonth, birthday_day AS birthdayDay,
  joined, segments, phone_hash AS phoneHash, email_hash AS emailHash, inc, seq, sealed`;

export function ownProfileTable(db: WritableDb) {
  const insert =
    db.prepare(`INSERT INTO own_profile (member, display_name, name_key, birthday_month, birthday_day, joined, segments,
    phone_hash, email_hash, inc, seq, sealed) VALUES (:member, :displayName, :nameKey, :birthdayMonth, :birthdayDay, :joined, :segments, :phoneHash, :emailHash,
    :inc, :seq, :sealed)`);
  const get = db.prepare<[string], OwnProfile>(`SELECT ${COLUMNS} FROM own_profile WHERE member = ?`);
  const byName = db.prepare<[string, string, number], OwnProfile>(
    `SELECT ${COLUMNS} FROM own_profile WHERE name_key >= ? AND name_key < ? ORDER BY name_key LIMIT ?`,
  );
  const byContact = db.prepare<{ hash: string }, OwnProfile>(
    `SELECT ${COLUMNS} FROM own_profile WHERE phone_hash = :hash OR email_hash = :hash`,
  );
  const sealed = db.prepare<[string, number, number], { seq: number; sealed: string }>(
    'SELECT seq, sealed FROM own_profile WHERE inc = ? AND seq BETWEEN ? AND ? ORDER BY seq',
  );
  return {
    /** Inside `transact`, with the entry. */
    add: (profile: OwnProfile): void => {
      insert.run(profile);
    },
    find: (member: MemberId): OwnProfile | undefined => get.get(member),
    findByName: (prefix: string, most: number): OwnProfile[] => byName.all(prefix, prefixEnd(prefix), most),
    findByContact: (hash: string): OwnProfile[] => byContact.all({ hash }),
    sealedBetween: (inc: IncarnationId, first: number, last: number): { seq: number; sealed: string }[] =>
      sealed.all(inc, first, last),
  };
}

/** The first text after all that begin with the prefix, so that a prefix search is one walk along the index. */
export function prefixEnd(prefix: string): string {
  return `${prefix}\u{10FFFF}`;
}
