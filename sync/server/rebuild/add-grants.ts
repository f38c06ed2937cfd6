/** What tills were granted is still out there: only what a till holds or its book knows as spent is told by no entry of head office. */
import { partText } from '../../../ledger/allowances/part.ts';
import type { Setting } from '../admin/setting.ts';
import { addToParts, type CountedPart } from '../store/allowances.ts';
import type { TillBook } from './till-book.ts';

const PARTS_A_STEP = 1_000;

/** Grants are cumulative: of two books of one till the greater says what was granted (E3). */
export async function addGrants({ database }: Setting, books: readonly TillBook[]): Promise<void> {
  const parts = new Map<string, CountedPart>();
  for (const book of books) {
    for (const { inc, account, wallet, end, granted } of book.grants()) {
      const name = `${inc} ${partText({ account, wallet, end })}`;
      const most = Math.max(granted, parts.get(name)?.granted ?? 0);
      parts.set(name, { inc, account, wallet, end, granted: most, own: 0, spent: 0, returned: 0, writtenOff: 0 });
    }
  }
  const all = [...parts.values()];
  for (let from = 0; from < all.length; from += PARTS_A_STEP)
    await database.begin((transaction) => addToParts(transaction, all.slice(from, from + PARTS_A_STEP)));
}
