/** Where the replayed books differ from head office's freshest rows: what only head office, or a till that is gone, had written. */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { MemberId, WalletId } from '../../../base/ids.ts';
import { points } from '../../../base/numbers.ts';
import { balanceOf, NEW_MEMBER_STATE, type MemberState } from '../../../ledger/member-state.ts';
import type { Setting } from '../admin/setting.ts';
import { stateOf } from '../fold/fold-accounts.ts';
import { ownContext } from '../own-stream/own-context.ts';
import { appendOwn } from '../own-stream/own-stream.ts';
import { businessDayOf } from '../programme/business-day.ts';
import { loadTerms } from '../programme/terms.ts';
import { findStates } from '../store/member-states.ts';
import type { FreshRows } from './rows.ts';

const MEMBERS_A_STEP = 1_000;
const REASON = 'Opening balance: head office was made again from its tills, and no till holds the entry.';

export type Difference = {
  readonly member: MemberId;
  readonly wallet: WalletId;
  /** By the entries that the books hold. */
  readonly replayed: number;
  /** By the freshest row. */
  readonly row: number;
};

/** Only where the row may know more: a till's row is older than what the tills sold since. */
export async function compareRows({ database, clock }: Setting, rows: FreshRows): Promise<Difference[]> {
  const { date } = businessDayOf(await loadTerms(database), clock());
  const members = [...rows.keys()];
  const differences: Difference[] = [];
  for (let start = 0; start < members.length; start += MEMBERS_A_STEP) {
    const step = members.slice(start, start + MEMBERS_A_STEP);
    const states = await findStates(database, step);
    for (const member of step) {
      const row = rows.get(member);
      const stored = states.get(member);
      const state = stored === undefined ? NEW_MEMBER_STATE : stateOf(stored);
      if (row !== undefined && isBehind(state, row.state))
        differences.push(...walletsThatDiffer(member, state, row.state, date));
    }
  }
  return differences;
}

/** The replay has no sale that the row lacks, so what the row has more is what the books lack. */
function isBehind(replayed: MemberState, row: MemberState): boolean {
  const known = new Set(row.sales.map(({ sale }) => sale));
  return replayed.sales.every(({ sale }) => known.has(sale)) && replayed.into === row.into;
}

function walletsThatDiffer(
  member: MemberId,
  replayed: MemberState,
  row: MemberState,
  date: BusinessDate,
): Difference[] {
  const names = new Set([...Object.keys(replayed.wallets), ...Object.keys(row.wallets)] as WalletId[]); // keys of both records
  return [...names].flatMap((wallet) => {
    const pair = { replayed: balanceOf(replayed, wallet, date), row: balanceOf(row, wallet, date) };
    return pair.replayed === pair.row ? [] : [{ member, wallet, ...pair }];
  });
}

export async function openBalances(
  { database, org, clock }: Setting,
  differences: readonly Difference[],
): Promise<void> {
  if (differences.length === 0) return;
  await database.begin(async (transaction) => {
    const context = await ownContext(transaction, clock());
    const facts = differences.map(({ member, wallet, replayed, row }) => ({
      kind: 'adjust' as const,
      member,
      body: { wallet, amount: points(row - replayed), reason: REASON },
    }));
    await appendOwn(transaction, org, facts, context);
  });
}
