/** A till asks for more than it may spend, while somebody waits at it: head office grants what is free, and calls back what others hold. */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { IncarnationId, MemberId } from '../../../base/ids.ts';
import type { AllowancesAnswer, Want } from '../../protocol/allowances.ts';
import type { Setting } from '../admin/setting.ts';
import { announceFolded } from '../announcements.ts';
import { businessDayOf } from '../programme/business-day.ts';
import { loadTerms } from '../programme/terms.ts';
import { grantees, type GrantedPart, grantsTo, isFenced, recallsOf } from '../store/allowances.ts';
import { lockFolded } from '../store/counters.ts';
import { blockedAmong } from '../store/members.ts';
import { grantTo } from './decide.ts';
import { type Decided, writeDecided } from './grant.ts';
import { type Holdings, loadHoldings } from './standing.ts';

/** What the till has written before must be folded. */
export async function acquire(
  { database, org, clock }: Setting,
  inc: IncarnationId,
  wants: readonly Want[],
): Promise<AllowancesAnswer> {
  const answer = { epoch: org.epoch, serverTime: clock() };
  return await database.begin(async (transaction) => {
    // One decision at a time, and none beside a fold (E2).
    await lockFolded(transaction);
    if (await isFenced(transaction, inc)) return { ...answer, state: 'fenced' as const, grants: [] };
    const { date: today } = businessDayOf(await loadTerms(transaction), clock());
    const holdings = await loadHoldings(
      transaction,
      wants.map(({ account }) => account),
    );
    const roots = [...holdings.byRoot.keys()];
    const tills = await grantees(transaction, [inc]);
    const blocked = await blockedAmong(transaction, roots);
    const mayGet = (root: MemberId): boolean => tills.has(inc) && !blocked.has(root);
    const recalls = await recallsOf(transaction, roots);
    const decided = decide({ inc, today, holdings, recalls, mayGet }, wants);
    if (await writeDecided(transaction, org, tills, decided)) await announceFolded(transaction);
    return { ...answer, state: decided.state, grants: await grantsTo(transaction, inc, roots) };
  });
}

type Asking = {
  readonly inc: IncarnationId;
  readonly today: BusinessDate;
  readonly holdings: Holdings;
  readonly recalls: ReadonlyMap<MemberId, IncarnationId>;
  readonly mayGet: (root: MemberId) => boolean;
};

/** Each want in turn, on what those before it left. */
function decide(
  { inc, today, holdings, recalls, mayGet }: Asking,
  wants: readonly Want[],
): Decided & { readonly state: AllowancesAnswer['state'] } {
  const grants: GrantedPart[] = [];
  const begun = new Set<MemberId>();
  const ended = new Set<MemberId>();
  let state: AllowancesAnswer['state'] = 'granted';
  for (const { account, wallet, amount } of wants) {
    const root = holdings.rootOf(account);
    const held = holdings.byRoot.get(root);
    const given = held === undefined || !mayGet(root) ? undefined : grantTo(held, inc, wallet, amount, today);
    if (given === undefined) {
      state = state === 'recalling' ? state : 'none';
      continue;
    }
    holdings.byRoot.set(root, given.holding);
    grants.push(...given.grants);
    if (given.grants.reduce((sum, part) => sum + part.amount, 0) >= amount) {
      if (recalls.get(root) === inc) ended.add(root);
      continue;
    }
    // Those that are shut out hear of no recall.
    const elsewhere = given.holding.out.some((part) => part.wallet === wallet && part.inc !== inc && !part.fenced);
    if (elsewhere && recalls.get(root) !== inc) begun.add(root);
    state = elsewhere ? 'recalling' : state === 'recalling' ? state : 'none';
  }
  return {
    state,
    grants,
    begun: [...begun].map((account) => ({ account, wanted: inc })),
    ended: [...ended].filter((root) => !begun.has(root)),
  };
}
