/**
 * Which till gets how much without asking: points are of use where the member shops. Multiples of the cheapest reward; where there are fewer
 * than two rewards' worth all of it goes to the till that the member used last.
 */
import { points, type Points } from '../../base/numbers.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import type { WalletId } from '../../base/ids.ts';
import type { IncarnationId } from '../../base/ids.ts';

export type Sizing = {
  /** K: at most so much of one member's wallet at one till. */
  readonly perMember: number;
  /** V: at most so much of a wallet at one till, all members together. */
  readonly perTill: number;
};

export type Candidate = {
  readonly inc: IncarnationId;
  /** Of this member's wallet, outstanding there. */
  readonly held: number;
  /** Of all members' wallet, outstanding there. */
  readonly heldInAll: number;
};

/** `usual`: tills of the member, the one used last first. Answers what to grant to whom, above 0. */
export function sizeGrants(
  free: Points,
  step: number,
  usual: readonly Candidate[],
  sizing: Sizing,
): readonly { inc: IncarnationId; amount: Points }[] {
  const [last] = usual;
  if (last === undefined || free <= 0) return [];
  if (free < 2 * step) return roomy([{ inc: last.inc, amount: within(free, last, sizing) }]);
  const shares = new Map<IncarnationId, number>();
  let rest: number = free;
  // Round by round, so that each of the member's tills can give a reward before any can give two.
  for (let given = true; given && rest >= step;) {
    given = false;
    for (const candidate of usual) {
      const share = shares.get(candidate.inc) ?? 0;
      if (rest < step || within(share + step, candidate, sizing) < share + step) continue;
      shares.set(candidate.inc, share + step);
      rest -= step;
      given = true;
    }
  }
  const remainder = within(rest + (shares.get(last.inc) ?? 0), last, sizing);
  if (remainder > (shares.get(last.inc) ?? 0)) shares.set(last.inc, remainder);
  return roomy([...shares].map(([inc, amount]) => ({ inc, amount })));
}

function within(amount: number, { held, heldInAll }: Candidate, { perMember, perTill }: Sizing): number {
  return Math.max(0, Math.min(amount, perMember - held, perTill - heldInAll));
}

function roomy(shares: readonly { inc: IncarnationId; amount: number }[]): { inc: IncarnationId; amount: Points }[] {
  return shares.flatMap(({ inc, amount }) => (amount > 0 ? [{ inc, amount: points(amount) }] : []));
}

/** What the cheapest reward of the wallet costs, a step of its spending included; 1 where it has none. */
export function cheapestReward({ rewards }: Programme, wallet: WalletId): number {
  const costs = rewards.flatMap(({ cost, give }) => {
    if (cost?.wallet !== wallet) return [];
    const least = give.kind === 'spend' ? (give.step ?? give.points) : cost.amount;
    return least === undefined || least <= 0 ? [] : [least];
  });
  return costs.length === 0 ? 1 : Math.min(...costs);
}
