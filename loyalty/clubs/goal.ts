import type { MemberId } from '../../base/ids.ts';
import { type CountedSale, matchedIn } from '../badges/count.ts';
import { countedNamed } from '../badges/counted/table.ts';
import type { Goal } from '../programme/clubs.ts';

export type GoalCount = {
  /** Units of what the goal counts, over all members; a store that several visited counts once. */
  readonly count: number;
  readonly reached: boolean;
  /** What each member brought, above 0: these get the gift (fine print 37). */
  readonly members: ReadonlyMap<MemberId, number>;
};

/**
 * How far a club is with a goal. `sales` are, by member and in order, those made while in the club; of them those from `from`
 * until `until` count, both included.
 */
export function countGoal(goal: Goal, sales: ReadonlyMap<MemberId, readonly CountedSale[]>): GoalCount {
  const { count, from, until } = goal;
  const counted = countedNamed(count.of);
  const matched = [...sales].map(([member, own]) => {
    const inTime = own.filter(({ date }) => from <= date && date <= until);
    return { member, sales: matchedIn({ lines: count.lines }, inTime, until) };
  });
  const total = counted(matched.flatMap((own) => own.sales));
  const members = new Map<MemberId, number>();
  for (const own of matched) {
    const brought = counted(own.sales);
    if (brought > 0) members.set(own.member, brought);
  }
  return { count: total, reached: total >= count.at, members };
}
