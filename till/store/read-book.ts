/** Reads a till's data folder without changing anything in it: what a lost head office is made again from. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { BusinessDate } from '../../base/business-date.ts';
import type { CardCode, HashHex, IncarnationId, MemberId, OrgId, StoreId, TillId, WalletId } from '../../base/ids.ts';
import { catalogueSchema } from '../../base/catalogue.ts';
import type { CardStatus } from '../../sync/protocol/feed.ts';
import type { MemberState } from '../../ledger/member-state.ts';
import { LEDGER_FILE, MEMBERS_FILE } from './till-store.ts';

type EntryRow = { readonly seq: number; readonly bytes: Buffer; readonly signature: string | null };
type MemberRow = {
  readonly member: MemberId;
  readonly version: number;
  readonly asOf: number;
  readonly displayName: string | null;
  readonly month: number | null;
  readonly day: number | null;
  readonly segments: string;
  readonly joined: string;
  readonly blocked: 0 | 1;
  readonly phoneHash: string | null;
  readonly emailHash: string | null;
  readonly state: string;
};

const storeTextsSchema = z.object({
  locale: z.string(),
  receiptHeader: z.array(z.string()),
  receiptFooter: z.array(z.string()),
});

/** The folder must be one of a till's; its files may be copies. */
export function readTillBook(folder: string) {
  const ledger = new Database(path.join(folder, LEDGER_FILE), { readonly: true, fileMustExist: true });
  const membersFile = path.join(folder, MEMBERS_FILE);
  const members = existsSync(membersFile) ? new Database(membersFile, { readonly: true }) : undefined;
  const document = (kind: string): string | undefined =>
    members?.prepare<[string], string>('SELECT text FROM document WHERE kind = ?').pluck().get(kind);
  const catalogue = document('catalogue');
  const texts = document('store');
  return {
    name: folder,
    streams: ledger.prepare<[], StreamRow>(STREAMS).all(),
    programmes: ledger
      .prepare<[], { version: number; text: string }>('SELECT version, text FROM programme ORDER BY version')
      .all(),
    catalogue: catalogue === undefined ? undefined : JSON.stringify(catalogueSchema.parse(JSON.parse(catalogue))),
    texts: texts === undefined ? undefined : storeTextsSchema.parse(JSON.parse(texts)),
    *entries(inc: IncarnationId) {
      const rows = ledger.prepare<[string], EntryRow>(
        'SELECT seq, bytes, signature FROM entry WHERE inc = ? ORDER BY seq',
      );
      for (const { seq, bytes, signature } of rows.iterate(inc)) yield { seq, text: bytes.toString('utf8'), signature };
    },
    *officeEntries() {
      if (has(ledger, 'office_entry')) yield* ledger.prepare<[], OfficeRow>(OFFICE_ENTRIES).iterate();
    },
    *grants() {
      if (!has(ledger, 'allowance_grant')) return;
      for (const { end, ...grant } of ledger.prepare<[], GrantRow>(GRANTS).iterate())
        yield { ...grant, end: end === '' ? null : end };
    },
    *members() {
      if (members === undefined) return;
      const cards = members.prepare<[string], { code: CardCode; status: CardStatus }>(
        'SELECT code, status FROM card WHERE member = ? ORDER BY code',
      );
      // A second statement cannot run beside one that iterates on the same connection, so the ids come first.
      const ids = members.prepare<[], MemberId>('SELECT member FROM member ORDER BY member').pluck().all();
      const row = members.prepare<[string], MemberRow>(MEMBER);
      for (const id of ids) {
        const found = row.get(id);
        if (found !== undefined) yield bookMember(found, cards.all(id));
      }
    },
    close: () => {
      ledger.close();
      members?.close();
    },
  };
}

type StreamRow = {
  readonly inc: IncarnationId;
  readonly org: OrgId;
  readonly orgName: string;
  readonly store: StoreId;
  readonly storeName: string;
  readonly till: TillId;
  readonly tillName: string;
  readonly publicKey: string;
  readonly enrolledAt: number;
};
const STREAMS = `SELECT inc, org, org_name AS orgName, store, store_name AS storeName, till, till_name AS tillName,
  public_key AS publicKey, enrolled_at AS enrolledAt FROM stream ORDER BY enrolled_at, rowid`;

type OfficeRow = { readonly inc: IncarnationId; readonly seq: number; readonly text: string; readonly hash: HashHex };
const OFFICE_ENTRIES = 'SELECT inc, seq, text, hash FROM office_entry ORDER BY inc, seq';

type GrantRow = {
  readonly inc: IncarnationId;
  readonly account: MemberId;
  readonly wallet: WalletId;
  readonly end: BusinessDate | '';
  readonly granted: number;
};
const GRANTS = 'SELECT inc, account, wallet, "end", granted FROM allowance_grant';

const MEMBER = `SELECT member, version, as_of AS asOf, display_name AS displayName, birthday_month AS month, birthday_day AS day,
  segments, joined, blocked, phone_hash AS phoneHash, email_hash AS emailHash, state FROM member WHERE member = ?`;

function bookMember(
  { month, day, segments, blocked, state, ...row }: MemberRow,
  cards: readonly { code: CardCode; status: CardStatus }[],
) {
  const two = (part: number): string => String(part).padStart(2, '0');
  return {
    ...row,
    birthday: month === null || day === null ? null : `${two(month)}-${two(day)}`,
    segments: z.array(z.string()).parse(JSON.parse(segments)),
    blocked: blocked === 1,
    cards,
    state: JSON.parse(state) as MemberState, // parsed by its schema when the feed brought it
  };
}

function has(db: Database.Database, table: string): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(table) !== undefined;
}
