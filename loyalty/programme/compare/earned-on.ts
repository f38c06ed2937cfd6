import type { BusinessDate, LocalTime } from '../../../base/business-date.ts';
import type { MemberId, StoreId, WalletId } from '../../../base/ids.ts';
import { NO_POINTS, type Points } from '../../../base/numbers.ts';
import type { MemberFacts } from '../../member-facts.ts';
import { evaluateSale } from '../../sale/evaluate.ts';
import { amountIn } from '../../wallet-amounts.ts';
import type { Programme } from '../programme.ts';

/** One line of a sku that no rule names, at noon on the later version's first day, by a member of the lowest level. */
export type EarnedOn = {
  /** Minor units. */
  readonly due: number;
  readonly wallet: WalletId;
  readonly before: Points;
  readonly after: Points;
};

const MINOR_EXAMPLES = [100, 1_000, 10_000] as const;
const NOON = 12 * 60;

export function earnedOn(before: Programme, after: Programme): readonly EarnedOn[] {
  const wallets = new Set([...before.wallets, ...after.wallets].map(({ id }) => id));
  return MINOR_EXAMPLES.flatMap((due) => {
    const was = earnedBy(before, due, after.effectiveFrom);
    const is = earnedBy(after, due, after.effectiveFrom);
    return [...wallets].flatMap((wallet): EarnedOn[] => {
      const example = { due, wallet, before: was(wallet), after: is(wallet) };
      return example.before === example.after ? [] : [example];
    });
  });
}

function earnedBy(programme: Programme, unitPrice: number, date: BusinessDate): (wallet: WalletId) => Points {
  const local: LocalTime = { date, minuteOfDay: NOON, offsetMinutes: 0 };
  const sale = evaluateSale(programme, plainMember(programme), {
    local,
    channel: 'store',
    store: 'any' as StoreId, // of no shop
    lines: [{ sku: 'ANY', tags: [], quantity: '1', unitPrice }],
    redeem: [],
    operatorRole: 'cashier',
  });
  return (wallet) => (sale.ok ? amountIn(sale.value.earned, wallet) : NO_POINTS);
}

function plainMember({ tiers }: Programme): MemberFacts {
  return {
    id: 'anybody' as MemberId, // nobody's
    unclaimed: false,
    segments: [],
    level: tiers?.levels.find(({ at }) => at === 0)?.id ?? null,
    memberships: new Set(),
    clubs: new Set(),
    spendable: new Map(),
    visits: 1,
    earnedToday: new Map(),
    rewardUses: new Map(),
    purchases: new Map(),
  };
}
