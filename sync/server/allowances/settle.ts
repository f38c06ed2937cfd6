/** After a fold, in its transaction: what the accounts that it changed have free goes where their members shop. */
import type { IncarnationId, MemberId } from '../../../base/ids.ts';
import type { Sizing } from '../../../ledger/allowances/sizing.ts';
import type { PublishedTerms } from '../programme/terms.ts';
import { businessDayOf } from '../programme/business-day.ts';
import { grantees, type GrantedPart, type Recall, recallsOf } from '../store/allowances.ts';
import type { Transaction } from '../store/client.ts';
import type { StateRow } from '../store/member-states.ts';
import type { Organisation } from '../store/organisation.ts';
import { settle } from './decide.ts';
import { writeDecided } from './grant.ts';
import { loadHoldings } from './standing.ts';

/** No cap of its own: what is out at a till is a number that head office sees. */
const SIZING: Sizing = { perMember: Number.POSITIVE_INFINITY, perTill: Number.POSITIVE_INFINITY };

/** The states are written; `rows` are those. Takes positions of the feed: run it last. */
export async function settleAllowances(
  transaction: Transaction,
  { org, terms, at }: { readonly org: Organisation; readonly terms: PublishedTerms; readonly at: number },
  accounts: readonly MemberId[],
  rows: readonly StateRow[] = [],
): Promise<boolean> {
  const today = businessDayOf(terms, at).date;
  const programme = terms.on(today);
  if (programme === undefined || accounts.length === 0) return false;
  const { byRoot: holdings } = await loadHoldings(transaction, accounts, rows);
  const recalls = await recallsOf(transaction, [...holdings.keys()]);
  const tills = await grantees(transaction, [...new Set([...holdings.values()].flatMap(({ usual }) => usual))]);
  const mayGet = (inc: IncarnationId): boolean => tills.has(inc);
  const grants: GrantedPart[] = [];
  const begun: Recall[] = [];
  const ended: MemberId[] = [];
  for (const [root, holding] of holdings) {
    const recall = recalls.get(root) ?? null;
    const decision = settle(holding, { today, programme, mayGet, sizing: SIZING, recall });
    grants.push(...decision.grants);
    if (decision.recall === recall) continue;
    if (decision.recall === null) ended.push(root);
    else begun.push({ account: root, wanted: decision.recall });
  }
  return await writeDecided(transaction, org, tills, { grants, begun, ended });
}
