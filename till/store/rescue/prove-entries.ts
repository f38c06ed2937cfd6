/**
 * From candidates to a chain: entry after entry from the genesis on, as long as a hash proves the next. A single wrong bit is put right,
 * since the hash beside it, or that of the entry after it, says what it was.
 */
import type { HashHex, IncarnationId } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import { verifier, type Verifier } from '../../../base/node/signing.ts';
import { genesisHead, headToSign, nextHead, type StreamIdentity } from '../../../ledger/chain.ts';
import { parseEntry } from '../../../ledger/entry.ts';
import type { NewEntry } from '../entries.ts';
import type { EntryCandidate } from './sqlite-pages.ts';

export type ProvenStream = {
  readonly entries: readonly NewEntry[];
  /** Of them, those in which a bit was wrong. */
  readonly repaired: number;
  /** The greatest number that any candidate has. */
  readonly seen: number;
};

export type SignHead = (inc: IncarnationId, text: string) => string | undefined;

/** `candidates` by their number in the stream. */
export function proveStream(
  stream: StreamIdentity,
  candidates: ReadonlyMap<number, readonly EntryCandidate[]>,
  sign: SignHead,
): ProvenStream {
  const key = verifier(stream.publicKey);
  const entries: NewEntry[] = [];
  let repaired = 0;
  let head = genesisHead(sha256, stream);
  for (let seq = 1; ; seq += 1) {
    const proven = proveNext(head, candidates.get(seq) ?? [], candidates.get(seq + 1) ?? []);
    const row = proven && rowOf(stream.inc, seq, proven, key, sign);
    if (row === undefined || proven === undefined) break;
    entries.push(row);
    repaired += proven.repaired ? 1 : 0;
    head = proven.head;
  }
  return { entries, repaired, seen: Math.max(entries.length, lastSeen(candidates)) };
}

/** A number counts where row and text agree: either alone may be the damage. */
function lastSeen(candidates: ReadonlyMap<number, readonly EntryCandidate[]>): number {
  let last = 0;
  for (const [seq, here] of candidates) {
    if (seq > last && here.some(({ bytes }) => bytes.includes(`,"seq":${seq},`))) last = seq;
  }
  return last;
}

type Proven = { readonly candidate: EntryCandidate; readonly head: HashHex; readonly repaired: boolean };

function proveNext(
  head: HashHex,
  here: readonly EntryCandidate[],
  after: readonly EntryCandidate[],
): Proven | undefined {
  const exact = here.find(({ bytes, hash }) => nextHead(sha256, head, bytes) === hash.toString('hex'));
  if (exact !== undefined) return { candidate: exact, head: hex(exact.hash), repaired: false };
  return here
    .map((candidate) => bySuccessor(head, candidate, after) ?? byOneBit(head, candidate))
    .find((one) => one !== undefined);
}

/** Its hash is wrong; the entry after it was made on the right one. */
function bySuccessor(head: HashHex, candidate: EntryCandidate, after: readonly EntryCandidate[]): Proven | undefined {
  const computed = nextHead(sha256, head, candidate.bytes);
  const follows = after.some(({ bytes, hash }) => nextHead(sha256, computed, bytes) === hash.toString('hex'));
  return follows || bitsApart(computed, candidate.hash) === 1
    ? { candidate, head: computed, repaired: true }
    : undefined;
}

/** Its bytes are wrong: every bit is tried, which takes milliseconds, and no other text has this hash. */
function byOneBit(head: HashHex, candidate: EntryCandidate): Proven | undefined {
  const { bytes, hash } = candidate;
  const wanted = hash.toString('hex');
  const tried = Buffer.from(bytes);
  for (let bit = 0; bit < tried.length * 8; bit += 1) {
    const at = bit >> 3;
    const mask = 1 << (bit & 7);
    tried[at] = (tried[at] ?? 0) ^ mask;
    if (nextHead(sha256, head, tried) === wanted)
      return { candidate: { ...candidate, bytes: tried }, head: hex(hash), repaired: true };
    tried[at] = (tried[at] ?? 0) ^ mask;
  }
  return undefined;
}

/** Everything beside the bytes follows from them, or is signed anew by the same key. */
function rowOf(
  inc: IncarnationId,
  seq: number,
  { candidate: { bytes, signature }, head }: Proven,
  key: Verifier,
  sign: SignHead,
): NewEntry | undefined {
  const parsed = parseEntry(bytes.toString('utf8'));
  if (!parsed.ok || parsed.value.entry.inc !== inc || parsed.value.entry.seq !== seq) return undefined;
  const { id, kind, member, postings } = parsed.value.entry;
  const text = headToSign(head);
  const isGood = signature !== null && key.verify(text, signature);
  const mustBe = kind !== 'sale' || postings.some(({ account }) => account === 'redeemed');
  const signed = isGood ? signature : mustBe ? (sign(inc, text) ?? null) : null;
  return { inc, seq, id, kind, member, bytes, hash: Buffer.from(head, 'hex'), signature: signed };
}

function bitsApart(computed: HashHex, stored: Buffer): number {
  const right = Buffer.from(computed, 'hex');
  let bits = 0;
  for (let at = 0; at < right.length; at += 1) {
    for (let differing = (right[at] ?? 0) ^ (stored[at] ?? 0); differing > 0; differing &= differing - 1) bits += 1;
  }
  return bits;
}

function hex(hash: Buffer): HashHex {
  return hash.toString('hex') as HashHex; // 32 bytes, as the column's CHECK says
}
