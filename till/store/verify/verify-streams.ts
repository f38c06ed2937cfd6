import { sha256 } from '../../../base/node/hash.ts';
import { verifier, type Verifier } from '../../../base/node/signing.ts';
import type { HashHex } from '../../../base/ids.ts';
import { genesisHead, headToSign, nextHead } from '../../../ledger/chain.ts';
import { parseEntry, sumsByWallet, type OpaqueEntry } from '../../../ledger/entry.ts';
import type { Stream } from '../streams.ts';
import type { ReadableDb } from '../open-database.ts';
import type { Finding } from './verify-ledger.ts';

export type CheckedStream = {
  readonly inc: string;
  readonly till: string;
  readonly entries: number;
  readonly head: HashHex;
};

type EntryRow = {
  readonly inc: string;
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly member: string | null;
  readonly bytes: Buffer;
  readonly hash: Buffer;
  readonly signature: string | null;
};

type StreamRow = Pick<Stream, 'inc' | 'org' | 'till' | 'publicKey' | 'acknowledgedSeq'>;

/** Every entry of every stream: numbered without gap, chained over its exact bytes, signed where it must be, balanced, and as its row says. */
export function verifyStreams(db: ReadableDb): { streams: CheckedStream[]; findings: Finding[]; entries: number } {
  const streams = db
    .prepare<[], StreamRow>(
      'SELECT inc, org, till, public_key AS publicKey, acknowledged_seq AS acknowledgedSeq FROM stream ORDER BY enrolled_at',
    )
    .all();
  const findings: Finding[] = [];
  const checked = streams.map((stream) => verifyStream(db, stream, findings));
  const orphans = db
    .prepare<[], string>('SELECT DISTINCT inc FROM entry WHERE inc NOT IN (SELECT inc FROM stream)')
    .pluck()
    .all();
  for (const inc of orphans) findings.push({ where: `stream ${inc}`, what: 'It has entries, but no enrolment.' });
  return { streams: checked, findings, entries: checked.reduce((sum, { entries }) => sum + entries, 0) };
}

function verifyStream(db: ReadableDb, stream: StreamRow, findings: Finding[]): CheckedStream {
  const rows = db
    .prepare<[string], EntryRow>(
      'SELECT inc, seq, id, kind, member, bytes, hash, signature FROM entry WHERE inc = ? ORDER BY seq',
    )
    .iterate(stream.inc);
  const key = verifier(stream.publicKey);
  let head = genesisHead(sha256, stream);
  let entries = 0;
  let seq = 0;
  let lastHlc = '';
  for (const row of rows) {
    const find = (what: string): number => findings.push({ where: `stream ${stream.inc}, entry ${row.seq}`, what });
    if (row.seq !== seq + 1) find(`Entries ${seq + 1} to ${row.seq - 1} are missing.`);
    const expected = nextHead(sha256, head, row.bytes);
    head = row.hash.toString('hex') as HashHex; // 32 bytes; goes on from what stands there, so that one break is one finding
    if (head !== expected)
      find('The chain breaks here: its bytes, or those before it, are not the ones that were written.');
    lastHlc = verifyEntry(row, key, head, lastHlc, find);
    seq = row.seq;
    entries += 1;
  }
  if (stream.acknowledgedSeq > seq) {
    findings.push({
      where: `stream ${stream.inc}`,
      what: `Head office has confirmed ${stream.acknowledgedSeq} entries, and only ${seq} are here: the end is missing.`,
    });
  }
  return { inc: stream.inc, till: stream.till, entries, head };
}

function verifyEntry(
  row: EntryRow,
  key: Verifier,
  head: HashHex,
  lastHlc: string,
  find: (what: string) => void,
): string {
  if (row.signature !== null && !key.verify(headToSign(head), row.signature))
    find('Its signature is not by the key of this till.');
  const parsed = parseEntry(row.bytes.toString('utf8'));
  if (!parsed.ok) {
    find(`It cannot be read: ${parsed.error.path} ${parsed.error.message}.`);
    return lastHlc;
  }
  const { entry } = parsed.value;
  if (!sameIdentity(entry, row)) find('Its row in the table says something else than its bytes.');
  for (const [wallet, sum] of sumsByWallet(entry.postings)) {
    if (sum !== 0) find(`Its postings of ${wallet} sum to ${sum}, not 0.`);
  }
  if (entry.hlc <= lastHlc) find('Its clock is not after that of the entry before it.');
  if (mustBeSigned(entry) && row.signature === null) find('It has no signature, which its kind must have.');
  return entry.hlc;
}

function sameIdentity(
  entry: OpaqueEntry | { inc: string; seq: number; id: string; kind: string; member: string | null },
  row: EntryRow,
): boolean {
  return (
    entry.inc === row.inc &&
    entry.seq === row.seq &&
    entry.id === row.id &&
    entry.kind === row.kind &&
    entry.member === row.member
  );
}

function mustBeSigned({
  kind,
  postings,
}: {
  kind: string;
  postings: readonly { account: string; amount: number }[];
}): boolean {
  return kind !== 'sale' || postings.some(({ account }) => account === 'redeemed');
}
