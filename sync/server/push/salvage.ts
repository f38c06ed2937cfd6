/**
 * Takes bytes that their own stream cannot prove any more, under the signature of a later incarnation of the same till. They are kept like a
 * second history, and count once that incarnation's `adopt` entry names them (fold/adopt.ts).
 */
import { sha256 } from '../../../base/node/hash.ts';
import { ok, refused, type Refusal, type Result } from '../../../base/result.ts';
import { genesisHead, headToSign, nextHead } from '../../../ledger/chain.ts';
import type { SalvageAnswer, SalvageRequest } from '../../protocol/salvage.ts';
import type { Transaction } from '../store/client.ts';
import { hashAt } from '../store/entries.ts';
import { isInFork, keepFork, keepForkProfiles, type ForkEntry } from '../store/forks.ts';
import { findIncarnation, lockStream, markBroken, type IncarnationRecord } from '../store/incarnations.ts';
import { isStorable } from './envelope.ts';
import { uniqueBySeq } from './accept.ts';
import type { PushSetting, Sender } from './push.ts';

export type SalvageRefusal = Refusal<'wrong-stream' | 'batch-not-proven'>;

export async function salvage(
  setting: Omit<PushSetting, 'acceptor'>,
  sender: Sender,
  request: SalvageRequest,
): Promise<Result<SalvageAnswer, SalvageRefusal>> {
  const { database, org, epoch, clock } = setting;
  const of = await findIncarnation(database, request.of);
  const by = sender.incarnation;
  if (request.inc !== by.id || request.till !== by.till || of?.till !== by.till || of.id === by.id)
    return refused('wrong-stream', 'These are no entries of an older incarnation of this till.');
  const entries = chained(request);
  const toHead = entries.at(-1)?.hash ?? request.fromHead;
  if (toHead !== request.toHead || !sender.verifier.verify(headToSign(toHead), request.signature))
    return refused('batch-not-proven', 'Nobody vouches for these bytes.');
  const common = { epoch, serverTime: clock() };
  const kept = await database.begin(async (transaction) => {
    if (!(await isKnownHead(transaction, org, of, request))) return false;
    await markBroken(transaction, of.id, clock());
    const proof = { head: toHead, signature: request.signature, receivedAt: clock(), vouchedBy: by.id };
    await keepFork(transaction, of.id, entries, proof);
    await keepForkProfiles(transaction, of.id, uniqueBySeq(request.profiles), clock());
    return true;
  });
  if (!kept) return ok({ status: 'unknown-head', ...common });
  return ok({ status: 'taken', ...common, receivedSeq: request.fromSeq + entries.length - 1 });
}

function chained({ fromSeq, fromHead, entries }: SalvageRequest): ForkEntry[] {
  const links: ForkEntry[] = [];
  for (const { text, signature } of entries) {
    const priorHead = links.at(-1)?.hash ?? fromHead;
    const hash = nextHead(sha256, priorHead, text);
    links.push({ seq: fromSeq + links.length, priorHead, text: keptText(text), hash, signature });
  }
  return links;
}

/** What a column of text cannot hold is no entry that anybody can read: its bytes are kept in another form, under their own hash. */
function keptText(text: string): string {
  return isStorable(text) ? text : JSON.stringify({ base64: Buffer.from(text, 'utf8').toString('base64') });
}

/** What the bytes go on from is in the stream, or came this way before. */
async function isKnownHead(
  transaction: Transaction,
  org: PushSetting['org'],
  { id: inc, till, publicKey }: IncarnationRecord,
  { fromSeq, fromHead }: SalvageRequest,
): Promise<boolean> {
  await lockStream(transaction, inc);
  const base = fromSeq - 1;
  if (base === 0) return genesisHead(sha256, { org, till, inc, publicKey }) === fromHead;
  if ((await hashAt(transaction, inc, base)) === fromHead) return true;
  return await isInFork(transaction, { inc, seq: base, hash: fromHead });
}
