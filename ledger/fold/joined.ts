/** Parts of two states as one, and what is left of one once another is taken out of it. */
import type { BusinessDate } from '../../base/business-date.ts';
import type { RewardId, WalletId } from '../../base/ids.ts';
import { points, type Points } from '../../base/numbers.ts';
import { entriesOf } from '../../base/records.ts';
import type { Draft } from './accounts.ts';
import { newestMonths } from './uses.ts';

export function joinedUses(left: Draft['uses'], right: Draft['uses']): Draft['uses'] {
  const uses: Record<RewardId, Draft['uses'][RewardId]> = { ...left };
  for (const [reward, { ever, months }] of entriesOf(right)) {
    const before = uses[reward] ?? { ever: 0, months: {} };
    uses[reward] = { ever: before.ever + ever, months: newestMonths(summed(before.months, months)) };
  }
  return uses;
}

export function usesWithout(left: Draft['uses'], right: Draft['uses']): Draft['uses'] {
  const uses = entriesOf(left).flatMap(([reward, { ever, months }]): [RewardId, Draft['uses'][RewardId]][] => {
    const gone = right[reward];
    if (gone === undefined) return [[reward, { ever, months }]];
    const rest = ever - gone.ever;
    return rest <= 0 ? [] : [[reward, { ever: rest, months: newestMonths(without(months, gone.months)) }]];
  });
  return Object.fromEntries(uses);
}

export function joinedSent(left: Draft['sent'], right: Draft['sent']): Draft['sent'] {
  const months: Record<string, Readonly<Record<WalletId, Points>>> = { ...left };
  for (const [month, amounts] of Object.entries(right)) months[month] = summed(months[month] ?? {}, amounts);
  const newest = Object.entries(months).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(newest.slice(-2));
}

export function sentWithout(left: Draft['sent'], right: Draft['sent']): Draft['sent'] {
  const rest = Object.entries(left).map(
    ([month, amounts]) => [month, withoutNone(without(amounts, right[month] ?? {}))] as const,
  );
  return Object.fromEntries(rest.filter(([, amounts]) => Object.keys(amounts).length > 0));
}

export function joinedLists<Item>(
  left: Readonly<Record<string, readonly Item[]>>,
  right: Readonly<Record<string, readonly Item[]>>,
  order: (a: Item, b: Item) => number,
): Readonly<Record<string, readonly Item[]>> {
  const lists: Record<string, readonly Item[]> = { ...left };
  for (const [id, items] of Object.entries(right)) lists[id] = [...(lists[id] ?? []), ...items].toSorted(order);
  return lists;
}

/** Each item of `right` is taken out once, as `isSame` finds it. */
export function listsWithout<Item>(
  left: Readonly<Record<string, readonly Item[]>>,
  right: Readonly<Record<string, readonly Item[]>>,
  isSame: (a: Item, b: Item) => boolean,
): Readonly<Record<string, readonly Item[]>> {
  const lists = Object.entries(left).map(([id, items]) => {
    const rest = (right[id] ?? []).reduce<readonly Item[]>((kept, gone) => {
      const at = kept.findIndex((item) => isSame(item, gone));
      return at === -1 ? kept : kept.toSpliced(at, 1);
    }, items);
    return [id, rest] as const;
  });
  return Object.fromEntries(lists.filter(([, items]) => items.length > 0));
}

export function summed<Key extends string, Units extends number>(
  left: Readonly<Record<Key, Units>>,
  right: Readonly<Record<Key, Units>>,
): Record<Key, Units> {
  const sums: Record<Key, Units> = { ...left };
  for (const [key, amount] of entriesOf(right)) sums[key] = points((sums[key] ?? 0) + amount) as number as Units; // the same brand
  return sums;
}

/** Never below 0. */
export function without<Key extends string, Units extends number>(
  left: Readonly<Record<Key, Units>>,
  right: Readonly<Record<Key, Units>>,
): Record<Key, Units> {
  const rest: Record<Key, Units> = { ...left };
  for (const [key, amount] of entriesOf(right)) {
    if (rest[key] !== undefined) rest[key] = points(Math.max(0, rest[key] - amount)) as number as Units; // the same brand
  }
  return rest;
}

export function withoutNone<Key extends string, Units extends number>(
  sums: Readonly<Record<Key, Units>>,
): Record<Key, Units> {
  return Object.fromEntries(entriesOf(sums).filter(([, amount]) => amount !== 0)) as Record<Key, Units>; // keys of the record
}

export function byDate(left: { readonly date: BusinessDate }, right: { readonly date: BusinessDate }): number {
  return left.date < right.date ? -1 : left.date > right.date ? 1 : 0;
}
