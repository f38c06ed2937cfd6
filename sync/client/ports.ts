/** What the sync loop needs of the till; till/store implements it. The loop itself keeps nothing on disk. All calls are synchronous. */
import type { HashHex, IncarnationId, TillId } from '../../base/ids.ts';
import type { FeedPart, FeedRow } from '../protocol/feed.ts';

/** Who pushes: one incarnation of a till, with its own key. */
export type SyncIdentity = {
  /** Address of head office, `https://…`. */
  readonly headOffice: string;
  readonly till: TillId;
  readonly inc: IncarnationId;
  /** Ed25519 over the UTF-8 text, base64url. */
  sign(text: string): string;
};

/** Exact text and signature as stored; `head` is the chain's head after it. */
export type OutgoingEntry = {
  readonly seq: number;
  readonly text: string;
  readonly signature: string | null;
  readonly head: HashHex;
};

export type EntrySource = {
  /** Last entry that head office has confirmed, and last that was written; 0 for none. */
  position(): { readonly acknowledgedSeq: number; readonly lastSeq: number };
  /** The head before `seq`, up to one past the last: the genesis head before the first. */
  headBefore(seq: number): HashHex;
  /** In order, from `seq` on, at most so many. */
  entriesFrom(seq: number, most: number): readonly OutgoingEntry[];
  /** Sealed profiles that belong to the entries from `first` to `last`. */
  profilesBetween(first: number, last: number): readonly { readonly seq: number; readonly sealed: string }[];
  /** How many entries wait, and when the oldest was written, ms. */
  waiting(): { readonly entries: number; readonly oldest: number | null };
  /**
   * Head office has all up to `seq` on disk. Within an epoch the greater seq stands, whatever the order of answers; in another epoch
   * the given one does, since a restored head office may have less.
   */
  acknowledge(seq: number, epoch: string): void;
  /** What head office said of the stream beside that; often the same again. */
  told(news: StreamNews): void;
  /** Appends entries that head office has and this till has lost, in order from the next one on; false where they do not follow its last. */
  takeBack(entries: readonly LostEntry[]): boolean;
};

/** Why a stream must be left for a new one: the till enrols again. */
export type StreamNews =
  | { readonly kind: 'fenced' }
  /** Another till writes under the same identity, and its history is the one that head office had first: from `seq` on this one is a branch. */
  | { readonly kind: 'forked'; readonly seq: number }
  /** The same, and this history is the first. */
  | { readonly kind: 'twin' }
  /** From `seq` on the stream cannot be proved. */
  | { readonly kind: 'broken'; readonly seq: number }
  /** Entries were missing here that head office has: this till's data were restored from a backup. They are back. */
  | { readonly kind: 'restored' };

export type LostEntry = { readonly seq: number; readonly text: string; readonly signature: string | null };

/** An incarnation that this till had before: what it wrote still goes to head office under its own key. */
export type OlderStream = {
  readonly identity: SyncIdentity;
  readonly entries: EntrySource;
  /** From there on head office cannot prove it: the present incarnation vouches. Null: it proves itself. */
  brokenFrom(): number | null;
};

export type FeedPosition = { readonly epoch: string | null; readonly position: number };
export type AppliedPage = {
  readonly epoch: string;
  readonly rows: readonly FeedRow[];
  readonly next: number;
  readonly serverTime: number;
  /** Nothing waits behind it: with a new epoch, rows of the old one are gone now. */
  readonly complete: boolean;
  /** By default all. A part leaves the cursor where it is: `beside-members` moves that of a snapshot, and `first` none. */
  readonly part?: FeedPart;
};

export type FeedSink = {
  cursor(): FeedPosition;
  /** Rows and cursor in one transaction, or neither. The newest version of a row wins within an epoch. */
  apply(page: AppliedPage): void;
};

/** A sentence says what is wrong. `till-refused`, `stream-…` and `update-needed` need a person; the others pass by themselves. */
export type SyncFailure = {
  readonly code:
    /** No connection. */
    | 'head-office-unreachable'
    /** A connection, and no whole answer in time. */
    | 'head-office-silent'
    | 'head-office-failed'
    | 'till-refused'
    | 'update-needed'
    | 'stream-forked'
    | 'stream-broken'
    | 'cut';
  readonly message: string;
};
