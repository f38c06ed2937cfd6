import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDuration, type BusinessDate, type DateDuration } from '../../base/business-date.ts';
import { nextDay } from '../../base/date-span.ts';
import type { Tiers } from '../programme/tiers.ts';
import { date, POINTS, saleId, tiersOf } from '../testing/ladders.ts';
import { rankOf } from './held-level.ts';
import { ladderAfterRefund, ladderAfterSale, type Ladder, mergedLadder } from './ladder.ts';
import { levelOn } from './settle.ts';
import type { Tally } from './tally.ts';

const START = date('2026-01-20');

const tiers = fc
  .record({
    measure: fc.constantFrom('earned', 'spend', 'visits'),
    window: fc.constantFrom('lifetime', 'calendar-year', 'P12M', 'P1M', 'P45D', 'P1D'),
    keep: fc.constantFrom('P12M', 'P1M', 'P20D', 'P1D', 'year-end', 'next-year-end', undefined),
    thresholds: fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 4 }),
  })
  .map(({ thresholds, ...parts }) =>
    tiersOf({ ...parts, levels: thresholds.map((at, index) => ({ id: `level-${index}`, at })) }),
  );

/** Sales in order, each so many days after the one before. */
const history = fc
  .array(fc.record({ days: fc.integer({ min: 0, max: 40 }), amount: fc.integer({ min: 0, max: 6 }) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((sales) => {
    let day = START;
    return sales.map(({ days, amount }): Tally => {
      day = addDuration(day, `P${days}D` as DateDuration); // in its form
      return { date: day, visits: 1, spend: amount, earned: { [POINTS]: amount } };
    });
  });

function settled(
  ladder: Ladder,
  ladderOfDate: (on: BusinessDate) => Tiers,
  tallies: readonly Tally[],
  on: BusinessDate,
) {
  return levelOn(ladder, ladderOfDate, tallies, on).ladder;
}

/** The ladder before each sale, settled to its date, and after the last. */
function climbed(of: Tiers, sales: readonly Tally[]): Ladder[] {
  const ladders: Ladder[] = [];
  let ladder: Ladder = [];
  for (const [index, { date: on }] of sales.entries()) {
    ladder = settled(ladder, () => of, sales.slice(0, index), on);
    ladders.push(ladder);
    ladder = ladderAfterSale(ladder, of, sales.slice(0, index + 1), on, saleId(`s${index}`));
  }
  return [...ladders, ladder];
}

describe('a ladder', () => {
  it('never loses a level before its end, whatever is sold and whatever later versions ask', () => {
    fc.assert(
      fc.property(history, fc.array(tiers, { minLength: 1, maxLength: 3 }), (sales, versions) => {
        const versionOn = (on: BusinessDate) => versions[Number(on.slice(5, 7)) % versions.length] ?? tiersOf();
        let ladder: Ladder = [];
        for (const [index, { date: on }] of sales.entries()) {
          const before = ladder.at(-1);
          ladder = settled(ladder, versionOn, sales.slice(0, index), on);
          ladder = ladderAfterSale(ladder, versionOn(on), sales.slice(0, index + 1), on, saleId(`s${index}`));
          if (before === undefined || (before.end !== null && before.end <= on)) continue;
          const after = ladder.at(-1);
          const rank = after === undefined ? -1 : rankOf(versionOn(on), after);
          expect(after?.level === before.level || rank > rankOf(versionOn(on), before)).toBe(true);
          if (after?.level === before.level) expect((after.end ?? '~') >= (before.end ?? '~')).toBe(true);
        }
      }),
    );
  });

  it('rises to every level that the measure supports after a sale', () => {
    fc.assert(
      fc.property(history, tiers, (sales, of) => {
        const last = climbed(of, sales).at(-1)?.at(-1);
        const again = ladderAfterSale(
          last === undefined ? [] : [last],
          of,
          sales,
          sales.at(-1)?.date ?? START,
          saleId('x'),
        );
        expect(again).toEqual(last === undefined ? [] : [last]);
      }),
    );
  });

  it('settles to the same day by day as at once, and settling again changes nothing', () => {
    fc.assert(
      fc.property(history, tiers, fc.integer({ min: 0, max: 500 }), (sales, of, days) => {
        const ladder = climbed(of, sales).at(-1) ?? [];
        let day = sales.at(-1)?.date ?? START;
        let daily = ladder;
        for (let passed = 0; passed < days; passed += 1) {
          day = nextDay(day);
          daily = settled(daily, () => of, sales, day);
        }
        const atOnce = levelOn(ladder, () => of, sales, day);
        expect(daily).toEqual(settled(ladder, () => of, sales, day));
        expect(levelOn(atOnce.ladder, () => of, sales, day)).toEqual(atOnce);
        expect(atOnce.ladder.every(({ end }) => end === null || end > day)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('leads back to where it was when what was sold is voided in reverse order', () => {
    fc.assert(
      fc.property(history, tiers, (sales, parts) => {
        const of: Tiers = { ...parts, keep: undefined };
        const ladders = climbed(of, sales);
        let ladder = ladders.at(-1) ?? [];
        const refundDate = sales.at(-1)?.date ?? START;
        const wasRefunded = () => false;
        for (const [index, sale] of [...sales.entries()].toReversed()) {
          const facts = { sale: saleId(`s${index}`), saleDate: sale.date, refundDate, wasRefunded };
          ladder = ladderAfterRefund(ladder, of, sales.slice(0, index), facts);
          expect(ladder).toEqual(ladders[index]);
        }
      }),
    );
  });

  it('falls as far in many refunds of a sale as in one of all of it', () => {
    fc.assert(
      fc.property(history, tiers, fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }), (sales, of, steps) => {
        const ladder = climbed(of, sales).at(-1) ?? [];
        const last = sales.at(-1);
        if (last === undefined) return;
        const facts = {
          sale: saleId(`s${sales.length - 1}`),
          saleDate: last.date,
          refundDate: last.date,
          wasRefunded: () => false,
        };
        const left = (amount: number): Tally[] => [
          ...sales.slice(0, -1),
          { ...last, spend: amount, earned: { [POINTS]: amount } },
        ];
        const goes = [...steps.toSorted((a, b) => b - a).map((step) => Math.min(step, last.spend)), 0];
        const slowly = goes.reduce<Ladder>((held, amount) => ladderAfterRefund(held, of, left(amount), facts), ladder);
        expect(slowly).toEqual(ladderAfterRefund(ladder, of, left(0), facts));
      }),
    );
  });

  it('is the same whichever of two accounts is merged into the other', () => {
    fc.assert(
      fc.property(history, history, tiers, (ours, theirs, of) => {
        const [left, right] = [climbed(of, ours).at(-1) ?? [], climbed(of, theirs).at(-1) ?? []];
        const merged = mergedLadder(left, right);
        expect(merged).toEqual(mergedLadder(right, left));
        const highest = Math.max(...[...left, ...right].map(({ at }) => at));
        expect(merged.at(-1)?.at ?? -Infinity).toBe(highest);
      }),
    );
  });
});
