/**
 * Folds accounts anew, from their first entry on. Accounts that became one are folded together, in the total order. A transfer carries what it
 * moves, so its two sides are folded apart. A referral does not: whether the referrer's share stands is in the referee's state (fine print 12,
 * 35). So with a referee their referrers are folded anew too, and with a referrer the referees' histories are read again, for that only.
 */
import type { MemberId } from '../../../base/ids.ts';
import { referrersIn } from '../../../ledger/bodies/sale.ts';
import type { Terms } from '../../../ledger/terms.ts';
import type { Queries } from '../store/client.ts';
import { entriesNamingOthers, entriesOfAccounts, loadGroups } from '../store/entry-index.ts';
import type { Flag } from '../store/flags.ts';
import { FLAGS_OF_FOLD, foldAccounts, NOTHING_FOLDED, type Folded } from './fold-accounts.ts';
import { withStandings } from '../conflicts/standing.ts';
import { judge, type Judged } from './judge.ts';
import { waitsOf } from './waiting.ts';

/** Accounts are read in portions, so that their histories never fill the memory. */
const REFOLD_ACCOUNTS_MAX = 50;

export type Refolded = {
  readonly accounts: ReadonlyMap<MemberId, Folded>;
  readonly flags: readonly Flag[];
  /** Entries that were judged anew: of them only `flags` hold, as far as the fold's own flags go. */
  readonly judged: readonly Pick<Flag, 'inc' | 'seq'>[];
};

export const CODES_OF_REFOLD = FLAGS_OF_FOLD;

type Scope = { readonly upTo: number; readonly terms: Terms };

/** Of these accounts, all that are folded together with them, and their referrers. */
export async function refold(queries: Queries, accounts: readonly MemberId[], scope: Scope): Promise<Refolded> {
  const folded = new Map<MemberId, Folded>();
  const flags: Flag[] = [];
  const judged: Refolded['judged'][number][] = [];
  for (const portion of await portionsOf(queries, await withReferrers(queries, accounts, scope.upTo))) {
    const part = await refoldPortion(queries, portion, scope);
    for (const [account, of] of part.accounts) folded.set(account, of);
    flags.push(...part.flags);
    judged.push(...part.judged);
  }
  return { accounts: folded, flags, judged };
}

async function withReferrers(queries: Queries, accounts: readonly MemberId[], upTo: number): Promise<MemberId[]> {
  const all = new Set(await togetherWith(queries, accounts));
  for (const stored of await entriesNamingOthers(queries, [...all], upTo))
    for (const referrer of referrersOf(judge(stored))) all.add(referrer);
  return await togetherWith(queries, [...all]);
}

async function togetherWith(queries: Queries, accounts: readonly MemberId[]): Promise<MemberId[]> {
  const groups = await loadGroups(queries, accounts);
  return [...new Set(accounts.flatMap((account) => groups.together(account)))];
}

/** Those that are folded together are in one portion. */
async function portionsOf(queries: Queries, accounts: readonly MemberId[]): Promise<MemberId[][]> {
  const groups = await loadGroups(queries, accounts);
  const portions: MemberId[][] = [];
  for (const together of Map.groupBy(accounts, groups.rootOf).values()) {
    const last = portions.at(-1);
    if (last === undefined || last.length + together.length > REFOLD_ACCOUNTS_MAX) portions.push([...together]);
    else last.push(...together);
  }
  return portions;
}

async function refoldPortion(
  queries: Queries,
  accounts: readonly MemberId[],
  { upTo, terms }: Scope,
): Promise<Refolded> {
  const own = (await entriesOfAccounts(queries, accounts, upTo)).map(judge);
  const mine = new Set(accounts);
  const referees = own.flatMap((entry) => {
    const { member } = entry;
    return member !== null && !mine.has(member) && referrersOf(entry).some((referrer) => mine.has(referrer))
      ? [member]
      : [];
  });
  const support = (await togetherWith(queries, [...new Set(referees)])).filter((account) => !mine.has(account));
  const theirs = (await entriesOfAccounts(queries, support, upTo)).map(judge);
  const groups = await loadGroups(queries, [...accounts, ...support]);
  const waits = await waitsOf(queries, [...accounts, ...support], groups);
  const ready = [...new Map([...own, ...theirs].map((entry) => [entry.position, entry])).values()].filter(
    (entry) => !waits(entry),
  );
  const entries = (await withStandings(queries, ready)).toSorted(byOrderKey);
  const folded = foldAccounts(new Map(), entries, terms);
  const ownEntries = own.filter(({ member }) => member !== null && mine.has(member));
  const known = new Set(ownEntries.map(nameOf));
  return {
    accounts: new Map(accounts.map((account) => [account, folded.accounts.get(account) ?? NOTHING_FOLDED])),
    flags: folded.flags.filter((flag) => known.has(nameOf(flag))),
    judged: ownEntries.map(({ inc, seq }) => ({ inc, seq })),
  };
}

export function byOrderKey(left: Pick<Judged, 'orderKey'>, right: Pick<Judged, 'orderKey'>): number {
  return left.orderKey < right.orderKey ? -1 : left.orderKey > right.orderKey ? 1 : 0;
}

function nameOf({ inc, seq }: Pick<Flag, 'inc' | 'seq'>): string {
  return `${inc} ${seq}`;
}

/** Whose share of a referral the entry gives or takes. */
function referrersOf({ read }: Judged): readonly MemberId[] {
  return read.as === 'known' && 'gifts' in read.entry.body ? referrersIn(read.entry.body.gifts) : [];
}
