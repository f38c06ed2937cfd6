/**
 * After head office was restored (a new epoch), a till shows it every grant that it ever had, once all of its entries are there: until each
 * incarnation has done so, head office cannot know what may be out, and grants nothing (E6). Once in an epoch, and once more after a start.
 */
import { failed, ok, type Result } from '../../base/result.ts';
import type { SignedGrant } from '../../ledger/allowances/grant-text.ts';
import { reportAnswerSchema, type ReportRequest } from '../protocol/allowances.ts';
import { REPORT_PATH } from '../protocol/paths.ts';
import { PROTOCOL_VERSION_MAX, type EpochId } from '../protocol/versions.ts';
import { DAMAGED } from './failures.ts';
import type { HeadOffice } from './head-office.ts';
import type { EntrySource, SyncFailure, SyncIdentity } from './ports.ts';

/** Of one request: a body is of 1 MB at most, and a grant of some 400 bytes. */
export const GRANTS_PER_REPORT_MAX = 2_000;

export type ReportParts = {
  readonly identity: Pick<SyncIdentity, 'till' | 'inc'>;
  readonly headOffice: Pick<HeadOffice, 'ask'>;
  readonly entries: Pick<EntrySource, 'position' | 'headBefore'>;
  /** As head office signed them, the newest of each part. */
  grants(): readonly SignedGrant[];
};

/** True: head office has all of it. False: it wants the entries first, so it is said again in the next round. */
export type Report = (epoch: string, signal: AbortSignal) => Promise<Result<boolean, SyncFailure>>;

export function createReport(parts: ReportParts): Report {
  let reported: string | undefined;
  return async (epoch, signal) => {
    if (epoch === reported) return ok(true);
    for (const body of requests(parts, epoch)) {
      const answer = await parts.headOffice.ask({ path: REPORT_PATH, body }, signal);
      // A head office that knows no reports freezes nothing.
      if (!answer.ok && answer.error.status === 404) break;
      if (!answer.ok) return failed(answer.error.failure);
      const parsed = reportAnswerSchema.safeParse(answer.value);
      if (!parsed.success) return failed(DAMAGED);
      if (!parsed.data.accepted || parsed.data.epoch !== epoch) return ok(false);
    }
    reported = epoch;
    return ok(true);
  };
}

/** At least one: a till without grants says that it has none. */
function requests({ identity, entries, grants }: ReportParts, epoch: string): readonly ReportRequest[] {
  const { lastSeq } = entries.position();
  const head = { seq: lastSeq, head: entries.headBefore(lastSeq + 1) };
  const { till, inc } = identity;
  const all = grants();
  const count = Math.max(1, Math.ceil(all.length / GRANTS_PER_REPORT_MAX));
  return Array.from({ length: count }, (_, index) => ({
    protocol: PROTOCOL_VERSION_MAX,
    till,
    inc,
    epoch: epoch as EpochId, // as head office said it
    head,
    grants: all.slice(index * GRANTS_PER_REPORT_MAX, (index + 1) * GRANTS_PER_REPORT_MAX),
    complete: index === count - 1,
  }));
}
