/** Rows of the kinds that no snapshot has: before it, what a till needs to sell at all; after it, what is missing up to its position. */
import { failed, ok, type Result } from '../../../base/result.ts';
import { mayBeTooMuch, SENSELESS } from '../failures.ts';
import type { FeedPosition, SyncFailure } from '../ports.ts';
import { askPage, leadsOn, PAGES_PER_ROUND, type PullParts } from '../pull.ts';
import type { FeedPart } from '../../protocol/feed.ts';

export type BesideParts = PullParts & {
  /** Where the rows stand; null where nothing is missing. */
  at(): FeedPosition | null;
  /** Called after a page was applied. */
  moved?(to: FeedPosition): void;
};

/** True where more waits. */
export async function pullBeside(
  { feed, headOffice, pace, at, moved }: BesideParts,
  part: Exclude<FeedPart, 'all'>,
  signal: AbortSignal,
): Promise<Result<boolean, SyncFailure>> {
  for (let pages = 1; pages <= PAGES_PER_ROUND; pages += 1) {
    const asked = at();
    if (asked === null) return ok(false);
    const page = await askPage(headOffice, asked, pace.most(), signal, part);
    if (!page.ok) {
      if (mayBeTooMuch(page.error)) pace.failed(pace.most());
      return failed(page.error);
    }
    pace.worked();
    const { epoch, rows, serverTime, trailer } = page.value;
    if (!leadsOn(page.value, asked)) return failed(SENSELESS);
    feed.apply({ epoch, rows, next: trailer.next, serverTime, complete: trailer.complete, part });
    moved?.({ epoch, position: trailer.next });
    if (trailer.complete) return ok(false);
  }
  return ok(true);
}
