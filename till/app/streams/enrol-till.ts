/** Enrols this till, for the first time or again: a code of head office buys the incarnation that writes from now on. */
import { failed, ok, refused, type Refusal, type Result } from '../../../base/result.ts';
import { enrolWithHeadOffice } from '../../../sync/client/enrol.ts';
import type { Fetch } from '../../../sync/client/http.ts';
import type { TillStore } from '../../store/till-store.ts';
import type { TillClock } from '../clock.ts';
import type { TillKeys } from '../keys.ts';
import type { StreamCare } from './stream-care.ts';

const SOFTWARE = 'loyaltill-till/0.1.0';

export type EnrolParts = {
  readonly store: TillStore;
  readonly clock: TillClock;
  readonly keys: TillKeys;
  readonly fetch: Fetch;
  readonly care: Pick<StreamCare, 'next'>;
};

/**
 * Again only as the same till of the same organisation: its books are that till's. Refuses with `other-till`, `enrolment-code-wrong`,
 * `head-office-unreachable`, what head office refuses with, and as the writer does.
 */
export async function enrolTill(
  { store, clock, keys, fetch, care }: EnrolParts,
  { headOffice, code }: { readonly headOffice: string; readonly code: string },
  signal: AbortSignal,
): Promise<Result<void, Refusal>> {
  const before = store.streams.current();
  const again = before === undefined ? {} : { again: { till: before.till, inc: before.inc } };
  const enrolled = await enrolWithHeadOffice({ headOffice, code, software: SOFTWARE, fetch, signal, ...again });
  if (!enrolled.ok) return failed(enrolled.error);
  const { keys: pair, answer } = enrolled.value;
  if (before !== undefined && (before.org !== answer.org.id || before.till !== answer.till.id)) return otherTill();
  // The key first: an incarnation whose key is lost can never write.
  keys.add(answer.inc, { ...pair, lookupKey: answer.lookupKey });
  const begin = (): void =>
    store.streams.add({
      inc: answer.inc,
      org: answer.org.id,
      orgName: answer.org.name,
      store: answer.store.id,
      storeName: answer.store.name,
      till: answer.till.id,
      tillName: answer.till.name,
      headOffice,
      publicKey: pair.publicKey,
      sealingKey: answer.headOffice.sealingKey,
      signingKey: answer.headOffice.signingKey,
      certificate: answer.certificate,
      enrolledAt: clock.wall(),
      epoch: answer.epoch,
    });
  if (before !== undefined) return care.next(begin);
  begin();
  return ok(undefined);
}

function otherTill(): Result<never, Refusal<'other-till'>> {
  return refused('other-till', 'This code is for another till. Ask head office for one of this till.', 'code');
}
