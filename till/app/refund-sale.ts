/** Refund: some or all of what is left of a sale comes back, in as many goes as it takes, also of another till's sale. */
import type { CommandId } from '../../base/ids.ts';
import { failed, ok, type Refusal, type Result } from '../../base/result.ts';
import { evaluateRefund } from '../../loyalty/refunds/evaluate.ts';
import type { RefundRequest } from '../../loyalty/refunds/request.ts';
import type { RefundedSale } from '../contract/shapes.ts';
import type { CommitParts } from './commit-sale.ts';
import type { Caller } from './context.ts';
import { beforeSale, isBeforeSale, runUndo, termsOfSale } from './undo-sale.ts';

export type RefundSaleRequest = {
  readonly command: CommandId;
  /** Our id, the number on the receipt, or the POS's reference of a sale of this till. */
  readonly sale: string;
  readonly what: RefundRequest;
  readonly print: boolean;
};

/** Refuses with `unknown-sale`, `invalid-request`, `wrong-date` (before the sale), `already-refunded` and `bad-quantity`, in this order. */
export function refundSale(
  parts: CommitParts,
  caller: Caller,
  request: RefundSaleRequest,
): Result<RefundedSale, Refusal> {
  return runUndo(parts, caller, 'sale.refund', request, (sale, moment) => {
    const programme = termsOfSale(parts, sale);
    if (!programme.ok) return programme;
    const evaluation = evaluateRefund(programme.value, sale.record, sale.returned, request.what);
    if (!evaluation.ok && evaluation.error.code === 'invalid-request') return failed(evaluation.error);
    if (isBeforeSale(moment, sale)) return beforeSale();
    if (!evaluation.ok) return failed(evaluation.error);
    const { print } = request;
    return ok({ kind: 'refund', sale, programme: programme.value, evaluation: evaluation.value, moment, print });
  });
}
