/** Void: all that is left of a sale is undone on its own business date; it leaves no visit (fine print 29). */
import type { CommandId } from '../../base/ids.ts';
import { failed, ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { evaluateRefund } from '../../loyalty/refunds/evaluate.ts';
import type { RefundedSale } from '../contract/shapes.ts';
import type { CommitParts } from './commit-sale.ts';
import type { Caller } from './context.ts';
import { isBeforeSale, runUndo, termsOfSale } from './undo-sale.ts';

export type VoidRequest = {
  readonly command: CommandId;
  /** Our id, the number on the receipt, or the POS's reference of a sale of this till. */
  readonly sale: string;
  readonly print: boolean;
};

/** Refuses with `unknown-sale`, `wrong-date` and `already-refunded`, in this order; a refusal changes nothing. */
export function voidSale(parts: CommitParts, caller: Caller, request: VoidRequest): Result<RefundedSale, Refusal> {
  return runUndo(parts, caller, 'sale.void', request, (sale, moment) => {
    if (sale.record.date !== moment.local.date || isBeforeSale(moment, sale)) {
      return refused('wrong-date', 'A sale can be voided on its own business date only. Refund it instead.');
    }
    const programme = termsOfSale(parts, sale);
    if (!programme.ok) return programme;
    const evaluation = evaluateRefund(programme.value, sale.record, sale.returned, { all: true });
    if (!evaluation.ok) return failed(evaluation.error);
    const { print } = request;
    return ok({ kind: 'void', sale, programme: programme.value, evaluation: evaluation.value, moment, print });
  });
}
