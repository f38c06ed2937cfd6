import { present } from '../../base/assert.ts';
import { minor, points } from '../../base/numbers.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import type { Programme } from '../programme/programme.ts';
import type { Returned, SaleRecord } from '../sale/record.ts';
import { sumByWallet, type WalletAmount } from '../wallet-amounts.ts';
import { type AskedLine, askedLines, type RefundRefusal } from './check.ts';
import type { RefundedLine, RefundEvaluation } from './evaluation.ts';
import { giveBack } from './give-back.ts';
import { returnedWith } from './money-back.ts';
import { quantityText } from './quantity.ts';
import { isAllReturned } from './remaining.ts';
import type { RefundRequest } from './request.ts';
import { soldLines } from './sold-line.ts';
import { takeBack } from './take-back.ts';

/**
 * What a refund of a sale comes to, under the version of the sale (fine print 13); `returned` is what earlier refunds undid. A
 * void is a refund of `all`: that it is on the sale's business date, and that it leaves no visit, is the ledger's.
 *
 * Refuses, in the order of fine print 41, with `invalid-request`, `already-refunded` and `bad-quantity`.
 */
export function evaluateRefund(
  programme: Programme,
  record: SaleRecord,
  returned: Returned,
  request: RefundRequest,
): Result<RefundEvaluation, RefundRefusal> {
  const asked = askedLines(record, returned, request);
  if (!asked.ok) return failed(asked.error);
  const after = linesAfter(record, returned, asked.value);
  const lines = asked.value.map((line) => refundedLine(line, returned, after));
  const whole = isAllReturned(record, { ...returned, lines: after });
  const redeemed = giveBack(programme, record, returned, { lines: after, whole });
  const earned = takeBack(programme, record, returned, after);
  return ok({
    lines,
    money: minor(lines.reduce((sum, { money }) => sum + money, 0)),
    redeemed,
    earned,
    givenBack: sumByWallet(redeemed.flatMap(inWallet)),
    takenBack: sumByWallet(earned),
    returned: {
      lines: after,
      redeemed: redeemed.map(({ explain }) => explain.after),
      earned: earned.map(({ index, amount }) => points((returned.earned[index] ?? 0) + amount)),
    },
    whole,
  });
}

function linesAfter(record: SaleRecord, returned: Returned, asked: readonly AskedLine[]): Returned['lines'] {
  const sold = soldLines(record);
  const after = [...returned.lines];
  for (const { line, quantity } of asked) {
    after[line] = returnedWith(present(sold[line], 'a line'), present(after[line], 'a returned line'), quantity);
  }
  return after;
}

function refundedLine({ line, quantity }: AskedLine, before: Returned, after: Returned['lines']): RefundedLine {
  const earlier = present(before.lines[line], 'a returned line');
  const now = present(after[line], 'a returned line');
  return {
    line,
    quantity: quantityText(quantity),
    freeUnits: now.freeUnits - earlier.freeUnits,
    money: minor(now.money - earlier.money),
  };
}

function inWallet({ wallet, amount }: { wallet: WalletAmount['wallet'] | null; amount: WalletAmount['amount'] }) {
  return wallet === null ? [] : [{ wallet, amount }];
}
