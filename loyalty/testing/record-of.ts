import { minor, NO_POINTS } from '../../base/numbers.ts';
import type { SaleEvaluation } from '../sale/evaluation.ts';
import type { SaleRecord } from '../sale/record.ts';
import type { SaleRequest } from '../sale/request.ts';

/** The record of a committed sale, as the book has it. Only tests import this. */
export function recordOf(request: SaleRequest, evaluation: SaleEvaluation): SaleRecord {
  return {
    date: request.local.date,
    minute: request.local.minuteOfDay,
    channel: request.channel,
    store: request.store,
    lines: request.lines.map((line, index) => {
      const evaluated = evaluation.lines[index];
      if (evaluated === undefined) throw new Error(`no line ${index}`);
      return {
        sku: line.sku,
        category: line.category ?? null,
        tags: line.tags,
        quantity: line.quantity,
        unitPrice: minor(line.unitPrice),
        taxRate: line.taxRate ?? null,
        list: evaluated.list,
        paid: evaluated.paid,
      };
    }),
    redeemed: evaluation.rewards.map(({ reward, cost, discount, lines }) => ({
      reward,
      wallet: cost?.wallet ?? null,
      cost: cost?.amount ?? NO_POINTS,
      discount,
      lines: lines
        .filter((line) => line.discount > 0 || line.freeUnits > 0)
        .map((line) => ({ line: line.line, discount: minor(line.discount), freeUnits: line.freeUnits })),
    })),
    earned: evaluation.rules
      .filter(({ amount }) => amount > 0)
      .map(({ rule, wallet, amount }) => ({ rule, wallet, amount })),
    context: evaluation.context,
  };
}
