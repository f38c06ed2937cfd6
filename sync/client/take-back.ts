/** Fetches what head office has of a stream and its till has lost, page by page; the till takes only what its own chain leads to. */
import { failed, ok, type Result } from '../../base/result.ts';
import { OWN_ENTRIES_PATH } from '../protocol/paths.ts';
import { ownEntriesAnswerSchema } from '../protocol/salvage.ts';
import { DAMAGED, FORKED, SENSELESS } from './failures.ts';
import type { HeadOffice } from './head-office.ts';
import type { EntrySource, SyncFailure, SyncIdentity } from './ports.ts';

/** After so many the till goes on with its round. */
const PAGES_PER_ROUND = 20;

/** `more`: head office has still more of them. Refuses with `stream-forked` where its entries do not follow this till's. */
export async function takeBack(
  { identity, entries, headOffice }: { identity: SyncIdentity; entries: EntrySource; headOffice: HeadOffice },
  signal: AbortSignal,
): Promise<Result<{ readonly more: boolean }, SyncFailure>> {
  for (let pages = 0; pages < PAGES_PER_ROUND; pages += 1) {
    const after = entries.position().lastSeq;
    const query = { inc: identity.inc, after: String(after) };
    const answer = await headOffice.ask({ path: OWN_ENTRIES_PATH, query }, signal);
    if (!answer.ok) return failed(answer.error.failure);
    const parsed = ownEntriesAnswerSchema.safeParse(answer.value);
    if (!parsed.success) return failed(DAMAGED);
    const { entries: lost, receivedSeq, receivedHead, epoch } = parsed.data;
    if (lost.length === 0 && receivedSeq > after) return failed(SENSELESS);
    if (lost.length > 0 && !entries.takeBack(lost)) return failed(FORKED);
    const { lastSeq } = entries.position();
    if (receivedSeq > lastSeq) continue;
    if (entries.headBefore(receivedSeq + 1) !== receivedHead) return failed(FORKED);
    entries.acknowledge(receivedSeq, epoch);
    entries.told({ kind: 'restored' });
    return ok({ more: false });
  }
  return ok({ more: true });
}
