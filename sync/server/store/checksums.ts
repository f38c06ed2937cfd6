/** How many rows lie in ranges of the feed, and sums over them that were made before. */
import { CHECKSUM_RANGE, positionsIn, rangeOf, type RangeSum } from '../../protocol/checksums.ts';
import type { Queries } from './client.ts';

/** The next ranges that hold a row, each found by the index: most of an old feed's ranges hold few or none. */
export async function rangeCounts(
  queries: Queries,
  from: number,
  limit: number,
): Promise<{ range: number; rows: number }[]> {
  const counts: { range: number; rows: number }[] = [];
  for (let after = from * CHECKSUM_RANGE; counts.length < limit;) {
    const [next] = await queries<{ position: number }[]>`
      select position from member_state where position > ${after} order by position limit 1`;
    if (next === undefined) return counts;
    const range = rangeOf(next.position);
    const { first, last } = positionsIn(range);
    const [counted] = await queries<{ rows: number }[]>`
      select count(*)::integer as rows from member_state where position between ${first} and ${last}`;
    counts.push({ range, rows: counted?.rows ?? 0 });
    after = last;
  }
  return counts;
}

export async function findSums(queries: Queries, ranges: readonly number[]): Promise<Map<number, RangeSum>> {
  const rows = await queries<RangeSum[]>`
    select range, row_count as rows, sum from checksum_range where range = any(${[...ranges]}::bigint[])`;
  return new Map(rows.map((row) => [row.range, row]));
}

export async function keepSum(queries: Queries, { range, rows, sum }: RangeSum): Promise<void> {
  await queries`
    insert into checksum_range (range, row_count, sum) values (${range}, ${rows}, ${sum})
    on conflict (range) do update set row_count = excluded.row_count, sum = excluded.sum`;
}
