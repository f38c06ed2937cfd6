import type { CardCode, HashHex, SaleId } from '../../base/ids.ts';
import { minor, NO_POINTS } from '../../base/numbers.ts';
import type { IssuedVoucher, SaleBody } from '../../ledger/bodies/sale.ts';
import type { SaleEvaluation } from '../../loyalty/sale/evaluation.ts';
import type { RecordedLine } from '../../loyalty/sale/record.ts';
import type { SaleRequest } from '../../loyalty/sale/request.ts';
import type { PricedSale } from './price-sale.ts';

/** What a sale's entry has that its evaluation does not. */
export type SaleNames = {
  readonly sale: SaleId;
  readonly reference: string | null;
  readonly register?: string | undefined;
  readonly card?: CardCode | undefined;
  readonly vouchers: readonly IssuedVoucher[];
  readonly claim: HashHex | null;
};

/** What an evaluated sale says in the book. */
export function saleBody({ request, evaluation, lines, gifts }: PricedSale, names: SaleNames): SaleBody {
  const { totals, rewards, rules, context } = evaluation;
  const { sale, reference, register, card, vouchers, claim } = names;
  return {
    sale,
    reference,
    channel: request.channel,
    minute: request.local.minuteOfDay,
    lines,
    redeemed: rewards.map(({ reward, cost, discount, lines: of }) => ({
      reward,
      wallet: cost?.wallet ?? null,
      cost: cost?.amount ?? NO_POINTS,
      discount,
      lines: of.map(({ line, discount: off, freeUnits }) => ({ line, discount: minor(off), freeUnits })),
    })),
    earned: rules.filter(({ amount }) => amount > 0).map(({ rule, wallet, amount }) => ({ rule, wallet, amount })),
    context,
    list: totals.list,
    discount: totals.discount,
    due: totals.due,
    gifts,
    vouchers,
    partner: evaluation.partner ?? null,
    claim,
    ...(register === undefined ? {} : { register }),
    ...(card === undefined ? {} : { card }),
  };
}

export function recordedLines({ lines }: SaleRequest, evaluation: SaleEvaluation): readonly RecordedLine[] {
  return lines.map(({ sku, category, tags, quantity, unitPrice, taxRate }, index) => {
    const { list, paid } = evaluation.lines[index] ?? { list: minor(0), paid: minor(0) }; // one for each line
    return {
      sku,
      category: category ?? null,
      tags,
      quantity,
      unitPrice: minor(unitPrice),
      taxRate: taxRate ?? null,
      list,
      paid,
    };
  });
}
