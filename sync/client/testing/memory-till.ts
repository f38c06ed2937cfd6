/** The books of a till in memory, chained by the real code: what till/store gives the sync loop. */
import type { HashHex, IncarnationId, OrgId, TillId } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import { generateSigningKeys, signer, type SigningKeyPair } from '../../../base/node/signing.ts';
import { genesisHead, headToSign, nextHead } from '../../../ledger/chain.ts';
import type { FeedRow } from '../../protocol/feed.ts';
import type { EntrySource, FeedSink, OutgoingEntry, StreamNews, SyncIdentity } from '../ports.ts';

export type MemoryTill = {
  readonly identity: SyncIdentity;
  readonly publicKey: string;
  readonly genesis: HashHex;
  readonly entries: EntrySource;
  readonly feed: FeedSink;
  readonly written: readonly OutgoingEntry[];
  readonly profiles: Map<number, string>;
  /** What head office said of the stream, in order. */
  readonly news: StreamNews[];
  /** Rows as the till has them, by kind and name, with the epoch that they came in. */
  readonly rows: Map<string, { readonly epoch: string; readonly row: FeedRow }>;
  write(text: string, signed?: boolean): void;
  /** As after a restore of a backup: later entries are gone. */
  restoreTo(seq: number): void;
};

export type MemoryTillIdentity = {
  readonly org: OrgId;
  readonly till: TillId;
  readonly inc: IncarnationId;
  readonly keys: SigningKeyPair;
};

const SOMEBODY = { org: 'org' as OrgId, till: 'till' as TillId, inc: 'inc' as IncarnationId }; // names of the tests

export function memoryTill(headOffice: string, enrolled?: MemoryTillIdentity): MemoryTill {
  const { org, till, inc, keys } = enrolled ?? { ...SOMEBODY, keys: generateSigningKeys() };
  const own = signer(keys);
  const identity = { headOffice, till, inc, sign: (text: string) => own.sign(text) };
  const genesis = genesisHead(sha256, { org, till, inc, publicKey: keys.publicKey });
  const written: OutgoingEntry[] = [];
  const profiles = new Map<number, string>();
  const news: StreamNews[] = [];
  const headAt = (seq: number): HashHex => written[seq - 1]?.head ?? genesis;
  let acknowledged = { seq: 0, epoch: '' };
  const rows: MemoryTill['rows'] = new Map();
  let cursor: ReturnType<FeedSink['cursor']> = { epoch: null, position: 0 };
  return {
    identity,
    publicKey: keys.publicKey,
    genesis,
    written,
    profiles,
    news,
    rows,
    entries: {
      position: () => ({ acknowledgedSeq: acknowledged.seq, lastSeq: written.length }),
      headBefore: (seq) => headAt(seq - 1),
      entriesFrom: (seq, most) => written.slice(seq - 1, seq - 1 + most),
      profilesBetween: (first, last) =>
        [...profiles].flatMap(([seq, sealed]) => (seq >= first && seq <= last ? [{ seq, sealed }] : [])),
      waiting: () => ({
        entries: written.length - acknowledged.seq,
        oldest: written.length > acknowledged.seq ? 1 : null,
      }),
      acknowledge: (seq, epoch) => {
        acknowledged = { seq: epoch === acknowledged.epoch ? Math.max(seq, acknowledged.seq) : seq, epoch };
      },
      told: (said) => news.push(said),
      takeBack: (lost) => {
        for (const { seq, text, signature } of lost) {
          if (seq !== written.length + 1) return false;
          written.push({ seq, text, signature, head: nextHead(sha256, headAt(written.length), text) });
        }
        return true;
      },
    },
    feed: {
      cursor: () => cursor,
      apply: (page) => {
        for (const row of page.rows)
          rows.set(row.kind === 'member' ? `member ${row.member}` : row.kind, { epoch: page.epoch, row });
        if (page.complete) for (const [name, { epoch }] of rows) if (epoch !== page.epoch) rows.delete(name);
        cursor = { epoch: page.epoch, position: page.next };
      },
    },
    write: (text, signed = false) => {
      const head = nextHead(sha256, headAt(written.length), text);
      written.push({ seq: written.length + 1, text, head, signature: signed ? own.sign(headToSign(head)) : null });
    },
    restoreTo: (seq) => {
      written.length = seq;
      acknowledged = { ...acknowledged, seq: Math.min(acknowledged.seq, seq) };
    },
  };
}
