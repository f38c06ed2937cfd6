import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId, WalletId } from '../../base/ids.ts';
import { points } from '../../base/numbers.ts';
import { EMPTY_WALLET, credit, isLive, settleBelow, spend, type WalletState } from '../wallet-state.ts';
import { type ByEnd, freeOf, planGrant, standingOf } from './grant.ts';
import { isOpen, type PartKey } from './part.ts';
import { coverSpend } from './spend.ts';

const DATES = Array.from({ length: 9 }, (_, day) => `2026-03-0${day + 1}` as BusinessDate); // in its form
const [TODAY = '' as BusinessDate] = DATES; // there is one
const TILLS = [0, 1, 2];

const end = fc.option(fc.constantFrom(...DATES), { nil: null });
const amount = fc.integer({ min: 1, max: 12 });
const till = fc.constantFrom(...TILLS);

type Step =
  | {
      readonly do: 'earn';
      readonly till: number;
      readonly end: BusinessDate | null;
      readonly amount: number;
      readonly own: boolean;
    }
  | { readonly do: 'grant' | 'spend'; readonly till: number; readonly amount: number }
  | { readonly do: 'give-back'; readonly till: number }
  | { readonly do: 'next-day' };

const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('earn' as const), till, end, amount, own: fc.boolean() }),
    fc.record({ do: fc.constantFrom('grant' as const, 'spend' as const), till, amount }),
    fc.record({ do: fc.constant('give-back' as const), till }),
    fc.record({ do: fc.constant('next-day' as const) }),
  ),
  { maxLength: 40 },
) satisfies fc.Arbitrary<Step[]>;

type Right = PartKey & { readonly till: number; readonly left: number };
type World = { date: BusinessDate; wallet: WalletState; rights: Right[] };

const KEY = { account: 'ann' as MemberId, wallet: 'points' as WalletId }; // of the tests

function openWorld(): World {
  return { date: TODAY, wallet: EMPTY_WALLET, rights: [] };
}

function out({ rights }: World): ByEnd[] {
  return rights.map((right) => ({ end: right.end, amount: right.left }));
}

function play(world: World, step: Step): void {
  switch (step.do) {
    case 'earn': {
      const lot = { sale: null, earned: world.date, from: null, end: step.end, amount: points(step.amount) };
      world.wallet = credit(world.wallet, lot);
      if (step.own) world.rights.push({ ...KEY, end: step.end, till: step.till, left: step.amount });
      return;
    }
    case 'grant': {
      const plan = planGrant(standingOf(world.wallet, out(world), world.date), step.amount, world.date);
      for (const part of plan) world.rights.push({ ...KEY, end: part.end, till: step.till, left: part.amount });
      return;
    }
    case 'spend':
      return spendAt(world, step.till, step.amount);
    case 'give-back':
      world.rights = world.rights.filter((right) => right.till !== step.till);
      return;
    case 'next-day':
      world.date = DATES[DATES.indexOf(world.date) + 1] ?? world.date;
      world.wallet = settleBelow(world.wallet, world.date);
      return;
    default:
      return step satisfies never;
  }
}

/** As a till does it: by its own parts alone, whatever the balance is elsewhere. */
function spendAt(world: World, at: number, asked: number): void {
  const held = world.rights.filter((right) => right.till === at && right.left > 0);
  const parts = held.map((right) => ({ ...KEY, end: right.end, left: points(right.left) }));
  const { short } = coverSpend(parts, points(asked), world.date);
  const { parts: taken } = coverSpend(parts, points(asked - short), world.date);
  for (const part of taken) {
    let rest: number = part.amount;
    world.rights = world.rights.map((right) => {
      const less = right.till === at && right.end === part.end ? Math.min(rest, right.left) : 0;
      rest -= less;
      return { ...right, left: right.left - less };
    });
  }
  const sum = taken.reduce((total, part) => total + part.amount, 0);
  if (sum > 0) world.wallet = spend(world.wallet, points(sum), world.date).state;
}

/** By how much what is out on a date exceeds the lots that are still there on it; above 0 on no date from today on. */
function uncovered({ date, wallet, rights }: World): number[] {
  return DATES.filter((day) => day >= date).map((day) => {
    const held = rights.reduce((sum, right) => (isOpen(right, day) ? sum + right.left : sum), 0);
    const lots = wallet.lots.reduce((sum, lot) => (isLive(lot, day) ? sum + lot.amount : sum), 0);
    return Math.max(0, held - lots);
  });
}

describe('grants', () => {
  it('stay covered on every date, whoever spends what and whatever ends', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const world = openWorld();
        for (const step of history) {
          // An earning that ended before it was made cannot be: the till's date is the earliest.
          if (step.do === 'earn' && step.end !== null && step.end <= world.date) continue;
          play(world, step);
          expect(uncovered(world)).toEqual(uncovered(world).map(() => 0));
          expect(world.wallet.below).toBe(0);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('never exceed what was asked for nor what is free', () => {
    fc.assert(
      fc.property(steps, amount, (history, want) => {
        const world = openWorld();
        for (const step of history) play(world, step);
        const standing = standingOf(world.wallet, out(world), world.date);
        const sum = planGrant(standing, want, world.date).reduce((total, part) => total + part.amount, 0);
        expect(sum).toBeLessThanOrEqual(Math.min(want, freeOf(standing)));
      }),
    );
  });

  it('give all that can be covered: no other plan gives more', () => {
    const few = fc.array(
      fc.record({ end: fc.constantFrom(null, ...DATES.slice(1, 4)), amount: fc.integer({ min: 1, max: 3 }) }),
      {
        maxLength: 3,
      },
    );
    fc.assert(
      fc.property(few, few, fc.integer({ min: 1, max: 6 }), (lots, held, want) => {
        const balance = lots.reduce((sum, lot) => sum + lot.amount, 0);
        const standing = { balance, lots, out: held };
        const given = planGrant(standing, want, TODAY).reduce((sum, part) => sum + part.amount, 0);
        expect(given).toBe(bestPlan(lots, held, Math.min(want, freeOf(standing))));
      }),
    );
  });
});

/** By trying them all. */
function bestPlan(lots: readonly ByEnd[], held: readonly ByEnd[], most: number): number {
  const ends = [...new Set(lots.map((lot) => lot.end))];
  const lasting = (parts: readonly ByEnd[], day: BusinessDate): number =>
    parts.reduce((sum, part) => (isOpen(part, day) ? sum + part.amount : sum), 0);
  const isCovered = (plan: readonly ByEnd[]): boolean =>
    DATES.every((day) => {
      // A date that no part of the plan lasts to is not the plan's matter.
      if (lasting(plan, day) === 0) return true;
      return lasting(held, day) + lasting(plan, day) <= lasting(lots, day);
    });
  const plansFrom = (index: number, plan: readonly ByEnd[], left: number): number => {
    const sum = plan.reduce((total, part) => total + part.amount, 0);
    const here = isCovered(plan) ? sum : 0;
    const next = ends[index];
    if (next === undefined) return here;
    const tries = Array.from({ length: left + 1 }, (_, given) =>
      plansFrom(index + 1, [...plan, { end: next, amount: given }], left - given),
    );
    return Math.max(here, ...tries);
  };
  return plansFrom(0, [], most);
}
