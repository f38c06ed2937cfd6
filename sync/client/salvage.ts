/**
 * Sends the bytes of an older incarnation that it cannot prove itself: chained anew onto what head office has of it, vouched for by the present
 * one. Such a stream is small and rare, so its chain is walked from where it breaks.
 */
import { failed, ok, type Result } from '../../base/result.ts';
import { sha256 } from '../../base/node/hash.ts';
import type { HashHex } from '../../base/ids.ts';
import { headToSign, nextHead } from '../../ledger/chain.ts';
import { SALVAGE_PATH } from '../protocol/paths.ts';
import { PUSH_BYTES_MAX } from '../protocol/push.ts';
import { salvageAnswerSchema, type SalvageAnswer, type SalvageRequest } from '../protocol/salvage.ts';
import { PROTOCOL_VERSION_MAX } from '../protocol/versions.ts';
import { DAMAGED, mayBeTooMuch, SENSELESS } from './failures.ts';
import type { HeadOffice } from './head-office.ts';
import type { Pace } from './pace.ts';
import type { EntrySource, OlderStream, OutgoingEntry, SyncFailure, SyncIdentity } from './ports.ts';
import { BATCHES_PER_ROUND, type Pushed } from './push.ts';

export type SalvageParts = {
  /** Who vouches. */
  readonly identity: SyncIdentity;
  readonly headOffice: HeadOffice;
  readonly pace: Pace;
};

export async function salvage(
  parts: SalvageParts,
  { identity: { inc }, entries }: Pick<OlderStream, 'identity' | 'entries'>,
  brokenFrom: number,
  signal: AbortSignal,
): Promise<Result<Pushed, SyncFailure>> {
  let confirmed = 0;
  let epoch: string | undefined;
  for (let batches = 0; batches < BATCHES_PER_ROUND; batches += 1) {
    const { acknowledgedSeq, lastSeq } = entries.position();
    const next = Math.max(brokenFrom, acknowledgedSeq + 1);
    if (next > lastSeq) return ok({ confirmed, epoch, more: false });
    const answer = await send(parts, inc, entries, { brokenFrom, next }, signal);
    if (!answer.ok) return answer;
    epoch = answer.value.epoch;
    if (answer.value.status === 'unknown-head') {
      // A restored head office lost what it had of them: all of them again.
      entries.acknowledge(brokenFrom - 1, epoch);
      if (entries.position().acknowledgedSeq + 1 >= next) return failed(SENSELESS);
      continue;
    }
    if (answer.value.receivedSeq < next || answer.value.receivedSeq > lastSeq) return failed(SENSELESS);
    confirmed += answer.value.receivedSeq - next + 1;
    entries.acknowledge(answer.value.receivedSeq, epoch);
  }
  return ok({ confirmed, epoch, more: true });
}

async function send(
  { identity, headOffice, pace }: SalvageParts,
  of: SalvageRequest['of'],
  entries: EntrySource,
  { brokenFrom, next }: { readonly brokenFrom: number; readonly next: number },
  signal: AbortSignal,
): Promise<Result<SalvageAnswer, SyncFailure>> {
  const fromHead = chainedAnew(entries, brokenFrom, next - 1);
  const batch = withinBytes(entries.entriesFrom(next, pace.most()));
  const last = next + batch.length - 1;
  const toHead = batch.reduce((head, { text }) => nextHead(sha256, head, text), fromHead);
  const body: SalvageRequest = {
    protocol: PROTOCOL_VERSION_MAX,
    till: identity.till,
    inc: identity.inc,
    of,
    fromSeq: next,
    fromHead,
    entries: batch.map(({ text, signature }) => ({ text, signature: cleanSignature(signature) })),
    toHead,
    signature: identity.sign(headToSign(toHead)),
    profiles: entries.profilesBetween(next, last).map(({ seq, sealed }) => ({ seq, sealed })),
  };
  const answer = await headOffice.ask({ path: SALVAGE_PATH, body }, signal);
  if (!answer.ok) {
    if (mayBeTooMuch(answer.error.failure) || answer.error.status === 413) pace.failed(batch.length);
    return failed(answer.error.failure);
  }
  pace.worked();
  const parsed = salvageAnswerSchema.safeParse(answer.value);
  return parsed.success ? ok(parsed.data) : failed(DAMAGED);
}

/** One that is damaged proves nothing, and must not keep its entry here. */
function cleanSignature(signature: string | null): string | null {
  return signature !== null && /^[A-Za-z0-9_-]{1,100}$/.test(signature) ? signature : null;
}

const PAGE = 1_000;

/** The head after `to` of a chain over the bytes as they are from `from` on; that before `from` is as it was written. */
export function chainedAnew(
  entries: Pick<EntrySource, 'headBefore' | 'entriesFrom'>,
  from: number,
  to: number,
): HashHex {
  let head = entries.headBefore(from);
  for (let next = from; next <= to;) {
    const page = entries.entriesFrom(next, Math.min(PAGE, to - next + 1));
    for (const { text } of page) head = nextHead(sha256, head, text);
    if (page.length === 0) return head;
    next += page.length;
  }
  return head;
}

/** At least one. */
function withinBytes(waiting: readonly OutgoingEntry[]): readonly OutgoingEntry[] {
  let bytes = 0;
  const end = waiting.findIndex(({ text }, index) => {
    bytes += Buffer.byteLength(text);
    return bytes > PUSH_BYTES_MAX && index > 0;
  });
  return end < 0 ? waiting : waiting.slice(0, end);
}
