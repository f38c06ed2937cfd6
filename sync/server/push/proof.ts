/**
 * How far a pushed batch proves itself: its heads are computed from the bytes, and a signature over a head vouches for everything before
 * it. Pure: it looks at the batch alone, before any lock is taken.
 */
import type { HashHex } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import type { Verifier } from '../../../base/node/signing.ts';
import { headToSign, nextHead } from '../../../ledger/chain.ts';
import type { PushedEntry, PushRequest } from '../../protocol/push.ts';
import { isStorable, readEnvelope, type Envelope, type StreamOwner } from './envelope.ts';

export type ReadEntry = PushedEntry &
  Envelope & { readonly seq: number; readonly priorHead: HashHex; readonly hash: HashHex };

export type ProvenBatch = {
  /** Those before the first that is wrong in itself. */
  readonly entries: readonly ReadEntry[];
  /** So many of them are vouched for by a signature. */
  readonly provenCount: number;
  /** Why not all; undefined where the whole batch is proven. */
  readonly reason: BrokenReason | undefined;
};

export type BrokenReason = 'chain' | 'signature' | 'other-stream' | 'not-text';

export function proveBatch(request: PushRequest, owner: StreamOwner, verifier: Verifier): ProvenBatch {
  const { entries, wrong } = readEntries(request, owner, verifier);
  const readTo = entries.at(-1)?.hash ?? request.fromHead;
  const head = request.entries.slice(entries.length).reduce((prior, { text }) => nextHead(sha256, prior, text), readTo);
  const chainHolds = head === request.toHead;
  if (chainHolds && verifier.verify(headToSign(request.toHead), request.signature)) {
    return { entries, provenCount: entries.length, reason: wrong };
  }
  // The signatures of the entries read are good, so the last one that carries any vouches for all before it.
  const provenCount = entries.findLastIndex((entry) => entry.signature !== null) + 1;
  return { entries, provenCount, reason: chainHolds ? (wrong ?? 'signature') : 'chain' };
}

/** Up to the first entry that is wrong in itself. */
function readEntries(
  request: PushRequest,
  owner: StreamOwner,
  verifier: Verifier,
): { entries: ReadEntry[]; wrong: BrokenReason | undefined } {
  const entries: ReadEntry[] = [];
  let priorHead = request.fromHead;
  for (const [index, { text, signature }] of request.entries.entries()) {
    const seq = request.fromSeq + index;
    if (!isStorable(text)) return { entries, wrong: 'not-text' };
    const hash = nextHead(sha256, priorHead, text);
    if (signature !== null && !verifier.verify(headToSign(hash), signature)) return { entries, wrong: 'signature' };
    const envelope = readEnvelope(text, owner, seq);
    if (envelope === 'other-stream') return { entries, wrong: 'other-stream' };
    entries.push({ text, signature, seq, priorHead, hash, ...envelope });
    priorHead = hash;
  }
  return { entries, wrong: undefined };
}
