/** A page of the feed, bounded in rows and bytes, from one snapshot of the database, with the trailer that proves it whole. */
import type { z } from 'zod';
import type { TillId } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import {
  FEED_BYTES_MAX,
  FEED_OTHER_STORES_SALE_DAYS,
  FEED_SALE_DAYS,
  type FeedPart,
  type feedQuerySchema,
} from '../../protocol/feed.ts';
import type { EpochId } from '../../protocol/versions.ts';
import { businessDayOf } from '../programme/business-day.ts';
import { loadTerms } from '../programme/terms.ts';
import { ridingOut } from '../store/away.ts';
import { grantRowsAfter } from '../store/allowances.ts';
import type { Database, Transaction } from '../store/client.ts';
import { cardsOfMembers } from '../store/cards.ts';
import { lastPosition } from '../store/counters.ts';
import { catalogueRowAfter, memberRowsAfter, programmeRowsAfter, storeRowAfter } from '../store/feed-rows.ts';
import { incarnationsOfTill } from '../store/incarnations.ts';
import { officeRowsAfter } from '../store/office-rows.ts';
import { saleRowsAfter, type SaleFeedRow } from '../store/sale-states.ts';
import { findTill } from '../store/stores.ts';
import {
  catalogueRowText,
  grantRowText,
  memberRowText,
  officeRowText,
  programmeRowText,
  saleRowText,
  storeRowText,
  type RowText,
} from './rows.ts';

export type FeedQuery = Omit<z.output<typeof feedQuerySchema>, 'part'> & { readonly part?: FeedPart };

type Setting = {
  readonly database: Database;
  readonly epoch: EpochId;
  readonly clock: () => number;
  readonly bytesMax?: number;
};

/** The page as JSON text of a `FeedPage`. A cursor of another epoch starts anew. */
export async function feedPage(
  { database, epoch, clock, bytesMax = FEED_BYTES_MAX }: Setting,
  till: TillId,
  query: FeedQuery,
): Promise<string> {
  const after = query.epoch === epoch ? query.after : 0;
  const { found, last } = await ridingOut(() =>
    database.begin('isolation level repeatable read read only', async (transaction) => ({
      found: await rowsAfter(transaction, { till, at: clock(), part: query.part ?? 'all' }, after, query.limit),
      last: await lastPosition(transaction, 'feed'),
    })),
  );
  const sent = withinBytes(found.slice(0, query.limit), bytesMax);
  // Each kind was asked for up to the limit, so fewer rows than that are all there are.
  const complete = found.length < query.limit && sent.length === found.length;
  const next = complete ? Math.max(after, last) : (sent.at(-1)?.position ?? after);
  const rows = `[${sent.map((row) => row.text).join(',')}]`;
  const trailer = { count: sent.length, sha256: sha256(rows), next, complete };
  return `{"epoch":${JSON.stringify(epoch)},"serverTime":${clock()},"rows":${rows},"trailer":${JSON.stringify(trailer)}}`;
}

type Asking = { readonly till: TillId; readonly at: number; readonly part: FeedPart };

async function rowsAfter(
  transaction: Transaction,
  { till, at, part }: Asking,
  after: number,
  limit: number,
): Promise<RowText[]> {
  const members = part === 'all' ? await memberRowsAfter(transaction, after, limit) : [];
  const cards = Map.groupBy(
    await cardsOfMembers(
      transaction,
      members.map((row) => row.member),
    ),
    (card) => card.member,
  );
  const own = new Set(await incarnationsOfTill(transaction, till));
  const sales = part === 'first' ? [] : await salesAfter(transaction, { till, at }, after, limit);
  const programmes = await programmeRowsAfter(transaction, after, limit);
  const catalogue = await catalogueRowAfter(transaction, after);
  const store = await storeRowAfter(transaction, till, after);
  const grants = part === 'first' ? [] : await grantRowsAfter(transaction, [...own], after, limit);
  const office = part === 'first' ? [] : await officeRowsAfter(transaction, after, limit);
  const rows = [
    ...members.map((row) => memberRowText(row, cards.get(row.member) ?? [], own)),
    ...sales.map((row) => saleRowText(row, own)),
    ...programmes.map(programmeRowText),
    ...office.map(officeRowText),
    ...grants.map(grantRowText),
    ...(catalogue === undefined ? [] : [catalogueRowText(catalogue)]),
    ...(store === undefined ? [] : [storeRowText(store)]),
  ];
  return rows.toSorted((left, right) => left.position - right.position);
}

const DAY_MS = 86_400_000;

/** A customer brings goods back to any store; a till keeps the sales of its own for longer. */
async function salesAfter(
  transaction: Transaction,
  { till, at }: Omit<Asking, 'part'>,
  after: number,
  limit: number,
): Promise<SaleFeedRow[]> {
  const asking = await findTill(transaction, till);
  if (asking === undefined) return [];
  const terms = await loadTerms(transaction);
  const daysAgo = (days: number) => businessDayOf(terms, Math.max(0, at - days * DAY_MS)).date;
  const since = { own: daysAgo(FEED_SALE_DAYS), others: daysAgo(FEED_OTHER_STORES_SALE_DAYS) };
  return await saleRowsAfter(transaction, { store: asking.store, since, after, limit });
}

/** At least one row, however long it is: else the feed would stop before it. */
function withinBytes(rows: readonly RowText[], bytesMax: number): readonly RowText[] {
  let bytes = 0;
  const end = rows.findIndex((row, index) => {
    bytes += Buffer.byteLength(row.text) + 1;
    return bytes > bytesMax && index > 0;
  });
  return end === -1 ? rows : rows.slice(0, end);
}
