import { z } from 'zod';
import { lineFilterSchema } from '../../conditions/lines.ts';
import { wholeNumber } from '../../programme/fields.ts';
import type { BasketLine, LineDiscount, RewardKind } from './kind.ts';

export const freeItemSchema = z.strictObject({
  kind: z.literal('free-item'),
  lines: lineFilterSchema.optional(),
  quantity: wholeNumber(1, 100_000).default(1),
  pick: z.enum(['cheapest', 'dearest']).default('cheapest'),
});

/**
 * Makes whole units free, by unit price, the earlier line first among equals, price 0 never; it takes what there is
 * (fine print 4). A unit that another reward made free is no longer there.
 */
export function freeItem({ lines, quantity, pick }: z.output<typeof freeItemSchema>): RewardKind {
  return {
    lines,
    discount: (matching) => {
      const direction = pick === 'cheapest' ? 1 : -1;
      const candidates = matching
        .filter(({ line }) => line.unitPrice > 0)
        .toSorted((left, right) => direction * (left.line.unitPrice - right.line.unitPrice));
      return take(candidates, quantity);
    },
  };
}

function take(candidates: readonly BasketLine[], quantity: number): readonly LineDiscount[] {
  let wanted = quantity;
  const taken: LineDiscount[] = [];
  for (const { line, freeUnits } of candidates) {
    const units = Math.min(wanted, line.wholeUnits - freeUnits);
    if (units <= 0) continue;
    taken.push({ line: line.index, discount: units * line.unitPrice, freeUnits: units });
    wanted -= units;
    if (wanted === 0) break;
  }
  return taken.toSorted((left, right) => left.line - right.line);
}
