/** Head office's decisions over the allowances of one account: who gets what, and from whom it is called back. Pure. */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { IncarnationId, WalletId } from '../../../base/ids.ts';
import { type ByEnd, freeOf, planGrant } from '../../../ledger/allowances/grant.ts';
import { RULES } from '../../../ledger/allowances/rules.ts';
import { type Candidate, cheapestReward, sizeGrants, type Sizing } from '../../../ledger/allowances/sizing.ts';
import type { Programme } from '../../../loyalty/programme/programme.ts';
import type { GrantedPart, OutPart } from '../store/allowances.ts';
import { type Holding, standingIn } from './standing.ts';

/** Nobody wants it: whoever holds any of it gives it back, since nothing stands behind it any more (E9). */
export const NOBODY = 'nobody' as IncarnationId; // no incarnation has it

/** Head office wants it all back, to make two members of one: nobody gets any before all of it is here. */
export const HEAD_OFFICE = 'head-office' as IncarnationId; // likewise

export type Decision = {
  readonly grants: readonly GrantedPart[];
  /** The recall from now on; null: none. */
  readonly recall: IncarnationId | null;
  readonly holding: Holding;
};

/** Grants up to `want` of a wallet to one incarnation, with the holding as it is then. */
export function grantTo(
  holding: Holding,
  inc: IncarnationId,
  wallet: WalletId,
  want: number,
  today: BusinessDate,
): { readonly grants: readonly GrantedPart[]; readonly holding: Holding } {
  const { root } = holding;
  const plan = planGrant(standingIn(holding, wallet, today), want, today);
  const grants = plan.map(({ end, amount }): GrantedPart => ({ inc, account: root, wallet, end, amount }));
  const out = [...holding.out, ...grants.map((part): OutPart => ({ ...part, fenced: false }))];
  return { grants, holding: grants.length === 0 ? holding : { ...holding, out } };
}

export type Settling = {
  readonly today: BusinessDate;
  readonly programme: Programme;
  /** Incarnations that may get grants. */
  readonly mayGet: (inc: IncarnationId) => boolean;
  readonly sizing: Sizing;
  readonly recall: IncarnationId | null;
};

/** After a fold: grants without being asked to the tills that the member uses, and recalls what nothing stands behind any more. */
export function settle(before: Holding, { today, programme, mayGet, sizing, recall }: Settling): Decision {
  let holding = before;
  const grants: GrantedPart[] = [];
  let below = false;
  for (const { id: wallet } of programme.wallets) {
    const standing = standingIn(holding, wallet, today);
    below ||= standing.balance < sumOf(standing.out);
    const free = freeOf(standing);
    if (free <= 0 || recall !== null) continue;
    const usual = holding.usual.filter(mayGet).map((inc) => candidate(holding, inc, wallet));
    for (const { inc, amount } of sizeGrants(free, cheapestReward(programme, wallet), usual, sizing)) {
      const given = grantTo(holding, inc, wallet, amount, today);
      holding = given.holding;
      grants.push(...given.grants);
    }
  }
  return { grants, holding, recall: recallAfter(holding, recall, below) };
}

function candidate({ out }: Holding, inc: IncarnationId, wallet: WalletId): Candidate {
  const held = sumOf(out.filter((part) => part.inc === inc && part.wallet === wallet));
  return { inc, held, heldInAll: held };
}

function recallAfter({ out }: Holding, recall: IncarnationId | null, below: boolean): IncarnationId | null {
  if (recall === null) return RULES.E9 && below ? NOBODY : null;
  if (recall === NOBODY && !below) return null;
  return out.some(({ inc, fenced }) => inc !== recall && !fenced) ? recall : null;
}

function sumOf(parts: readonly Pick<ByEnd, 'amount'>[]): number {
  return parts.reduce((sum, { amount }) => sum + amount, 0);
}
