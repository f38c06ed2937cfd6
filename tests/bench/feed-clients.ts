/** The tills of the feed benchmark: each asks for page after page until it has all. */
import { z } from 'zod';
import { signer } from '../../base/node/signing.ts';
import { isLineDown } from '../../sync/client/failures.ts';
import { headOfficeOf } from '../../sync/client/head-office.ts';
import { PULL_ROWS_MAX } from '../../sync/client/pull.ts';
import { SYSTEM_TIMERS } from '../../sync/client/timers.ts';
import { feedPageSchema } from '../../sync/protocol/feed.ts';
import { FEED_PATH } from '../../sync/protocol/paths.ts';
import type { BareTill } from './head-office-bed.ts';

export type FeedClients = { readonly headOffice: string; readonly tills: readonly BareTill[] };

process.once('message', (message) => {
  const { headOffice, tills } = message as FeedClients; // from the benchmark that started this process
  const begun = performance.now();
  void Promise.all(tills.map((till) => pullAll(headOffice, till))).then((counts) => {
    const rows = counts.reduce((sum, count) => sum + count, 0);
    process.send?.({ rows, seconds: (performance.now() - begun) / 1_000 });
  });
});

async function pullAll(headOffice: string, { till, inc, keys }: BareTill): Promise<number> {
  const own = signer(keys);
  const identity = { headOffice, till, inc, sign: (text: string) => own.sign(text) };
  const office = headOfficeOf(identity, { fetch, timers: SYSTEM_TIMERS }, Date.now);
  const signal = new AbortController().signal;
  let rows = 0;
  let silences = 0;
  let at = { after: '0', epoch: '', limit: String(PULL_ROWS_MAX) };
  for (;;) {
    const answer = await office.fetchBytes({ path: FEED_PATH, query: at }, signal);
    // A head office that is slower than a line may be silent is asked again, as tills do.
    if (!answer.ok && isLineDown(answer.error.failure) && (silences += 1) <= SILENCES_MAX) continue;
    if (!answer.ok) throw new Error(answer.error.failure.message);
    const text = Buffer.from(answer.value).toString('utf8');
    const { epoch, trailer } = pageSchema.parse({ ...headOf(text), ...tailOf(text) });
    rows += trailer.count;
    if (trailer.complete) return rows;
    at = { ...at, after: String(trailer.next), epoch };
  }
}

const SILENCES_MAX = 5;

const pageSchema = z.object({ epoch: z.string(), trailer: feedPageSchema.shape.trailer });

/** What stands before the rows, and after them: reading all of a page is the till's work, and 50 tills have 50 processors. */
function headOf(text: string): object {
  return z.looseObject({}).parse(JSON.parse(`${text.slice(0, text.indexOf(',"rows":'))}}`));
}

function tailOf(text: string): object {
  return z.looseObject({}).parse(JSON.parse(`{${text.slice(text.lastIndexOf('"trailer":'))}`));
}
