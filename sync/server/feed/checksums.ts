/** Sums over ranges of the feed, and the rows of one range for a till whose own differ. */
import { sha256 } from '../../../base/node/hash.ts';
import {
  positionsIn,
  rangeOf,
  rowContent,
  rowSum,
  type ChecksumsAnswer,
  type RangeSum,
} from '../../protocol/checksums.ts';
import type { TillId } from '../../../base/ids.ts';
import type { EpochId } from '../../protocol/versions.ts';
import { ridingOut } from '../store/away.ts';
import { cardsOfMembers } from '../store/cards.ts';
import { findSums, keepSum, rangeCounts } from '../store/checksums.ts';
import type { Database, Transaction } from '../store/client.ts';
import { lastPosition } from '../store/counters.ts';
import { memberRowsAfter, type MemberFeedRow } from '../store/feed-rows.ts';
import { incarnationsOfTill } from '../store/incarnations.ts';
import { memberRowText, profileOf, type CardOfMember } from './rows.ts';

type Setting = { readonly database: Database; readonly epoch: EpochId; readonly clock: () => number };

const ROWS_AT_ONCE = 500;

export async function checksums(
  { database, epoch, clock }: Setting,
  { from, limit }: { readonly from: number; readonly limit: number },
): Promise<ChecksumsAnswer> {
  const { ranges, news, position, next } = await ridingOut(() =>
    database.begin('isolation level repeatable read read only', async (transaction) => {
      const last = await lastPosition(transaction, 'feed');
      const counts = await rangeCounts(transaction, from, limit);
      const known = await findSums(
        transaction,
        counts.map(({ range }) => range),
      );
      const sums: RangeSum[] = [];
      const made: RangeSum[] = [];
      for (const { range, rows } of counts) {
        const kept = known.get(range);
        const sum = kept?.rows === rows ? kept : await addUp(transaction, range);
        // Rows may still come into the newest range: there the same number of rows says nothing.
        if (sum !== kept && positionsIn(range).last <= last) made.push(sum);
        sums.push(sum);
      }
      const lastRange = counts.at(-1)?.range;
      const goOn = counts.length < limit || lastRange === undefined ? null : lastRange + 1;
      return { ranges: sums, news: made, position: last, next: goOn };
    }),
  );
  for (const sum of news) await keepSum(database, sum);
  return { epoch, serverTime: clock(), position, ranges, next };
}

async function addUp(transaction: Transaction, range: number): Promise<RangeSum> {
  const total = rowSum(sha256);
  for (let after = positionsIn(range).first - 1; ;) {
    const rows = await rowsIn(transaction, range, after, ROWS_AT_ONCE);
    const cards = await cardsOf(transaction, rows);
    for (const row of rows)
      total.add(rowContent({ ...row, profile: profileOf(row), cards: cards.get(row.member) ?? [] }));
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_AT_ONCE) return { range, rows: total.rows(), sum: total.sum() };
    after = last.position;
  }
}

async function rowsIn(transaction: Transaction, range: number, after: number, limit: number): Promise<MemberFeedRow[]> {
  const { first } = positionsIn(range);
  const rows = await memberRowsAfter(transaction, Math.max(after, first - 1), limit);
  return rows.filter(({ position }) => rangeOf(position) === range);
}

async function cardsOf(
  transaction: Transaction,
  rows: readonly MemberFeedRow[],
): Promise<Map<MemberFeedRow['member'], CardOfMember[]>> {
  const cards = await cardsOfMembers(
    transaction,
    rows.map(({ member }) => member),
  );
  return Map.groupBy(cards, ({ member }) => member);
}

/** JSON text of a `FeedPage`; its cursor is a place in the range, and `complete` its end. */
export async function checksumRows(
  { database, epoch, clock }: Setting,
  till: TillId,
  { range, after, limit }: { readonly range: number; readonly after: number; readonly limit: number },
): Promise<string> {
  const rows = await ridingOut(() =>
    database.begin('isolation level repeatable read read only', async (transaction) => {
      const found = await rowsIn(transaction, range, after, limit);
      const cards = await cardsOf(transaction, found);
      const own = new Set(await incarnationsOfTill(transaction, till));
      return found.map((row) => memberRowText(row, cards.get(row.member) ?? [], own));
    }),
  );
  const complete = rows.length < limit;
  const next = complete ? positionsIn(range).last : (rows.at(-1)?.position ?? after);
  const text = `[${rows.map((row) => row.text).join(',')}]`;
  const trailer = { count: rows.length, sha256: sha256(text), next, complete };
  return `{"epoch":${JSON.stringify(epoch)},"serverTime":${clock()},"rows":${text},"trailer":${JSON.stringify(trailer)}}`;
}
