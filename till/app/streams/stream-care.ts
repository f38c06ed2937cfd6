/**
 * What this till does when head office says that its stream must be left (docs/decisions/0010): it redeems nothing any more and sells on; it writes
 * the stream's last word on allowances where it still can; and once it has enrolled again, its new incarnation vouches for what the old one left
 * behind as a branch.
 */
import { AssertionFailed } from '../../../base/assert.ts';
import type { IncarnationId, OperatorId } from '../../../base/ids.ts';
import { failed, ok, type Refusal, type Result } from '../../../base/result.ts';
import type { CloseBody } from '../../../ledger/bodies/stream.ts';
import type { StreamNews } from '../../../sync/client/ports.ts';
import { chainedAnew } from '../../../sync/client/salvage.ts';
import type { StreamTrouble } from '../../store/stream-troubles.ts';
import type { Stream } from '../../store/streams.ts';
import type { Caller, TillContext } from '../context.ts';
import type { AppendEntry, EntryWriter } from '../entry-writer.ts';
import { momentNow } from '../moment.ts';
import { entrySource } from './entry-source.ts';

export type CareParts = TillContext & { readonly writer: EntryWriter };

export type StreamCare = {
  /** Head office spoke of a stream of this till, often of the same again. */
  told(inc: IncarnationId, news: StreamNews): void;
  /** Its key is lost: what it has not sent yet it can never prove. */
  keyLost(stream: Stream): void;
  /** Ends the present stream and begins the next, in one transaction. `begin` adds its row. Refuses as the writer does. */
  next(begin: () => void): Result<void, Refusal>;
};

/** Nobody at the counter does this. */
const THE_TILL: Caller = { actor: { operator: 'till' as OperatorId, role: 'cashier' }, approver: null }; // no name of a person's

/** `branched`: what rows of head office include of this till's entries is to be read anew. */
export function openStreamCare(parts: () => CareParts, branched: () => void): StreamCare {
  /** The note and the stop are on disk together; a stop that is missing is made up for, since head office says the same again and again. */
  const note = (inc: IncarnationId, said: Pick<StreamTrouble, 'why' | 'branchFrom' | 'brokenFrom'>): boolean => {
    const { store, log } = parts();
    const isNews = store.transact(() => {
      const news = store.troubles.note(inc, said);
      const current = store.streams.current();
      if (current?.inc === inc && current.redemptionStop === null) store.streams.stopRedemptions(inc, stopOf(said.why));
      return news;
    });
    if (isNews) log.warn({ inc, ...said }, 'a stream of this till has to be left for a new one');
    return isNews;
  };
  /** Of this process: asking the book means reading all of a stream. */
  const lastWords = new Set<IncarnationId>();
  const closeFenced = (inc: IncarnationId): void => {
    if (lastWords.has(inc) || parts().store.streams.current()?.inc !== inc) return;
    if (close(parts(), inc)) lastWords.add(inc);
  };
  const adoptOlder = (): void => {
    for (const { inc } of parts().store.streams.all().slice(0, -1)) adopt(parts(), inc);
  };
  return {
    told: (inc, news) => {
      const said = troubleIn(news);
      const isNews = note(inc, said);
      if (news.kind === 'fenced') closeFenced(inc);
      if (isNews && said.branchFrom !== null) branched();
      // Also where it is no news: what a power cut kept from being written then is written now.
      adoptOlder();
    },
    keyLost: ({ inc, acknowledgedSeq }) => {
      const from = acknowledgedSeq + 1;
      note(inc, { why: 'broken', branchFrom: from, brokenFrom: from });
      adoptOlder();
    },
    next: (begin) => {
      const { store } = parts();
      const before = store.streams.current();
      const written = before !== undefined && canClose(parts(), before.inc) ? closeAnd(parts(), begin) : undefined;
      if (written !== undefined && !written.ok) return failed(written.error);
      if (written === undefined) store.transact(begin);
      store.troubles.reread();
      adoptOlder();
      branched();
      return ok(undefined);
    },
  };
}

function troubleIn(news: StreamNews): Pick<StreamTrouble, 'why' | 'branchFrom' | 'brokenFrom'> {
  switch (news.kind) {
    case 'fenced':
    case 'twin':
    case 'restored':
      return { why: news.kind, branchFrom: null, brokenFrom: null };
    case 'forked':
      return { why: 'forked', branchFrom: news.seq, brokenFrom: null };
    case 'broken':
      return { why: 'broken', branchFrom: news.seq, brokenFrom: news.seq };
    default:
      return news satisfies never;
  }
}

function stopOf(why: StreamTrouble['why']): 'fenced' | 'copied' | 'restored' | 'damaged' {
  switch (why) {
    case 'fenced':
    case 'restored':
      return why;
    case 'broken':
      return 'damaged';
    case 'forked':
    case 'twin':
      return 'copied';
    default:
      return why satisfies never;
  }
}

/** A branch says nothing of the stream's allowances: their other holder may still spend them. */
function canClose({ store, keys }: CareParts, inc: IncarnationId): boolean {
  const trouble = store.troubles.find(inc);
  return (trouble?.branchFrom ?? null) === null && keys.has(inc) && !store.troubles.isClosed(inc);
}

/** Of a fenced stream; false: it is tried again with the next answer. */
function close(parts: CareParts, inc: IncarnationId): boolean {
  if (!canClose(parts, inc)) return true;
  const written = write(parts, (append) => void append(closing('fenced')));
  if (!written.ok) parts.log.warn({ code: written.error.code }, 'the last word of a fenced stream was not written yet');
  return written.ok;
}

/** Undefined where the old stream cannot even be read: it is left as it is. */
function closeAnd(parts: CareParts, begin: () => void): Result<void, Refusal> | undefined {
  try {
    return write(parts, (append) => {
      append(closing('enrols-again'));
      begin();
    });
  } catch (error) {
    if (!(error instanceof AssertionFailed)) throw error;
    parts.log.error({ err: error }, 'the old stream of this till cannot be closed');
    return undefined;
  }
}

function closing(reason: CloseBody['reason']) {
  return { kind: 'close', body: { reason }, ...NOTHING_ELSE } as const;
}

const NOTHING_ELSE = { member: null, prog: null, receipt: null, refs: [], basis: null } as const;

function write(parts: CareParts, work: (append: AppendEntry) => void): Result<void, Refusal> {
  return parts.writer.write(THE_TILL, momentNow(parts, parts.writer.last()), (append) => {
    work(append);
    return ok(undefined);
  });
}

/** In one entry and one transaction with the note that it was done. */
function adopt(parts: CareParts, inc: IncarnationId): void {
  const { store, log } = parts;
  const trouble = store.troubles.find(inc);
  const by = store.streams.current();
  const stream = store.streams.all().find((known) => known.inc === inc);
  const from = trouble?.branchFrom ?? null;
  if (from === null || (trouble?.adoptedBy ?? null) !== null || by === undefined || stream === undefined) return;
  const to = store.entries.last(inc)?.seq ?? 0;
  const source = entrySource(store, stream, { told: () => undefined, takenBack: () => undefined });
  const head = chainedAnew(source, from, to);
  const written = write(parts, (append) => {
    if (to >= from) append({ kind: 'adopt', body: { inc, from, to, head }, ...NOTHING_ELSE });
    store.troubles.noteAdopted(inc, by.inc);
  });
  if (!written.ok) log.warn({ inc, code: written.error.code }, 'a branch of this till was not adopted yet');
}
