/** What a till's data folder gives a head office that was lost: read by whoever can open the folder, in plain values. */
import type { CardCode, HashHex, IncarnationId, MemberId, OrgId, StoreId, TillId } from '../../../base/ids.ts';
import type { PartKey } from '../../../ledger/allowances/part.ts';
import type { MemberState } from '../../../ledger/member-state.ts';
import type { CardStatus } from '../../protocol/feed.ts';

export type BookStream = {
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

export type BookEntry = {
  readonly seq: number;
  /** The exact bytes, as text. */
  readonly text: string;
  readonly signature: string | null;
};

export type OfficeBookEntry = {
  readonly inc: IncarnationId;
  readonly seq: number;
  readonly text: string;
  readonly hash: HashHex;
};

/** Head office's row of a member, as this till has it. */
export type BookMember = {
  readonly member: MemberId;
  readonly version: number;
  /** Head office's clock when it sent the row, ms. */
  readonly asOf: number;
  readonly displayName: string | null;
  /** `MM-DD` */
  readonly birthday: string | null;
  readonly segments: readonly string[];
  readonly joined: string;
  readonly blocked: boolean;
  readonly phoneHash: string | null;
  readonly emailHash: string | null;
  readonly cards: readonly { readonly code: CardCode; readonly status: CardStatus }[];
  readonly state: MemberState;
};

export type TillBook = {
  /** For people: the folder. */
  readonly name: string;
  readonly streams: readonly BookStream[];
  /** Of phone numbers and addresses; undefined where the till's keys cannot be opened here. */
  readonly lookupKey: string | undefined;
  /** By version, exact texts. */
  readonly programmes: readonly { readonly version: number; readonly text: string }[];
  readonly catalogue: string | undefined;
  /** Of its store. */
  readonly texts:
    | { readonly locale: string; readonly receiptHeader: readonly string[]; readonly receiptFooter: readonly string[] }
    | undefined;
  /** Of a stream, in order. */
  entries(inc: IncarnationId): Iterable<BookEntry>;
  officeEntries(): Iterable<OfficeBookEntry>;
  /** All that head office ever granted it, by part and incarnation. */
  grants(): Iterable<PartKey & { readonly inc: IncarnationId; readonly granted: number }>;
  members(): Iterable<BookMember>;
};
