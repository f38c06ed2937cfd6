/** Gives a till back what it wrote and has lost: the exact bytes of its own streams, in bounded pages. The till proves them by its chain. */
import { refused, ok, type Refusal, type Result } from '../../../base/result.ts';
import { OWN_ENTRIES_BYTES_MAX, type OwnEntriesAnswer, type ownEntriesQuerySchema } from '../../protocol/salvage.ts';
import type { z } from 'zod';
import { signedEntriesAfter } from '../store/entries.ts';
import { findIncarnation, receivedOf } from '../store/incarnations.ts';
import type { PushSetting, Sender } from './push.ts';

/** Refuses with `wrong-stream`: an incarnation of another till, or of none. */
export async function ownEntries(
  { database, epoch, clock }: Pick<PushSetting, 'database' | 'epoch' | 'clock'>,
  { incarnation }: Sender,
  { inc, after, limit }: z.output<typeof ownEntriesQuerySchema>,
): Promise<Result<OwnEntriesAnswer, Refusal<'wrong-stream'>>> {
  const known = await findIncarnation(database, inc);
  if (known?.till !== incarnation.till) return refused('wrong-stream', 'This is no incarnation of this till.');
  // First how far it goes: entries are only ever added.
  const received = await receivedOf(database, inc);
  const entries = await signedEntriesAfter(database, inc, after, { limit, bytesMax: OWN_ENTRIES_BYTES_MAX });
  return ok({ epoch, serverTime: clock(), entries, ...received });
}
