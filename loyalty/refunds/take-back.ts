import type { RuleId, WalletId } from '../../base/ids.ts';
import { NO_POINTS, type Points, points } from '../../base/numbers.ts';
import type { EarnExplanation } from '../earning/earn.ts';
import { earnAgain, lineLeft } from '../earning/earn-again.ts';
import type { EarningLine } from '../earning/earning-line.ts';
import type { Programme } from '../programme/programme.ts';
import type { RecordedLine, Returned, SaleRecord } from '../sale/record.ts';
import { recordedQuantity } from './quantity.ts';
import { type RemainingLine, remaining } from './remaining.ts';

/**
 * What a sale's earnings lose once so much of it has come back: each rule is computed again on what is left and gives never
 * more than before (fine print 27). A rule that would give more again, since a multiplier below 1 no longer holds, stays where
 * the refund before left it.
 */

export type TakenBack = {
  /** In the sale's earnings. */
  readonly index: number;
  readonly rule: RuleId;
  readonly wallet: WalletId;
  /** Lost by this refund. */
  readonly amount: Points;
  readonly explain: TakeBackExplanation;
};

export type TakeBackExplanation = {
  /** What the rule gave before this refund, and gives with it. */
  readonly before: Points;
  readonly after: Points;
  /** How it is computed on what is left; null: it finds nothing there. Its amount may be above `before`. */
  readonly again: EarnExplanation | null;
};

/** One for each earning of the sale, in its order. */
export function takeBack(
  programme: Programme,
  record: SaleRecord,
  before: Returned,
  after: Returned['lines'],
): readonly TakenBack[] {
  if (record.earned.length === 0) return [];
  const given = record.earned.map(({ amount }, index) => points(Math.max(0, amount - (before.earned[index] ?? 0))));
  const again = new Map(
    earnAgain(programme, record, earningLines(record, { ...before, lines: after }), given).map(
      (earning) => [earning.rule, earning] as const,
    ),
  );
  return record.earned.map(({ rule, wallet }, index) => {
    const gave = given[index] ?? NO_POINTS;
    const earning = again.get(rule);
    const gives = earning?.amount ?? NO_POINTS;
    const explain = { before: gave, after: gives, again: earning?.explain ?? null };
    return { index, rule, wallet, amount: points(gave - gives), explain };
  });
}

/** What is left, without the lines of which nothing is: they match no rule any more. */
export function earningLines(record: SaleRecord, returned: Returned): readonly EarningLine[] {
  return remaining(record, returned).flatMap((left) => {
    const line = record.lines[left.line];
    return line === undefined ? [] : (earningLine(line, left) ?? []);
  });
}

function earningLine(line: RecordedLine, { quantity, paid, freeUnits }: RemainingLine): EarningLine | undefined {
  return lineLeft(line, { quantity: recordedQuantity(quantity), paid, freeUnits });
}
