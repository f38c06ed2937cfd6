import type { Programme } from '../programme/programme.ts';
import { parseProgramme } from '../programme/parse.ts';
import { evaluateRefund } from '../refunds/evaluate.ts';
import type { RefundEvaluation } from '../refunds/evaluation.ts';
import { nothingReturned } from '../refunds/returned.ts';
import type { RefundRequest } from '../refunds/request.ts';
import { evaluateSale } from '../sale/evaluate.ts';
import type { Returned, SaleRecord } from '../sale/record.ts';
import type { SaleLine } from '../sale/request.ts';
import { DOCUMENT, memberOf, saleOf, valueOf } from './build.ts';
import { recordOf } from './record-of.ts';

/** Short ways to sell and to return. Only tests import this. */

export type Sold = { readonly programme: Programme; readonly record: SaleRecord };

/** DOCUMENT with parts of its own, whether or not all of it is built. */
export function documentOf(parts: Readonly<Record<string, unknown>>): Programme {
  return valueOf(parseProgramme({ ...DOCUMENT, ...parts }));
}

/** A sale to a member who has 1,000 in every wallet; the rewards are asked for in this order. */
export function sell(
  parts: Readonly<Record<string, unknown>>,
  lines: readonly SaleLine[],
  redeem: readonly (string | [string, number])[] = [],
  facts: Parameters<typeof memberOf>[0] = {},
): Sold {
  const programme = documentOf(parts);
  const request = saleOf(lines, { redeem });
  const member = memberOf({ spendable: { points: 1_000, cashback: 1_000, stamps: 1_000 }, ...facts });
  return { programme, record: recordOf(request, valueOf(evaluateSale(programme, member, request))) };
}

/** What of which line; `all`: all that is left. */
export type Go = 'all' | readonly (readonly [line: number, quantity: string])[];

/** One refund after the other. */
export function refundsOf(
  { programme, record }: Sold,
  goes: readonly Go[],
  before: Returned = nothingReturned(record),
): RefundEvaluation[] {
  let returned = before;
  return goes.map((go) => {
    const evaluation = valueOf(evaluateRefund(programme, record, returned, refundRequest(go)));
    returned = evaluation.returned;
    return evaluation;
  });
}

export function refundRequest(go: Go): RefundRequest {
  return go === 'all' ? { all: true } : { lines: go.map(([line, quantity]) => ({ line, quantity })) };
}

/** Money of each go. */
export function moneyOf(sold: Sold, goes: readonly Go[]): number[] {
  return refundsOf(sold, goes).map(({ money }) => money);
}

/** What each go gives back, redemption by redemption. */
export function givenBackOf(sold: Sold, goes: readonly Go[]): number[][] {
  return refundsOf(sold, goes).map(({ redeemed }) => redeemed.map(({ amount }) => amount));
}

/** What each go takes back, earning by earning. */
export function takenBackOf(sold: Sold, goes: readonly Go[]): number[][] {
  return refundsOf(sold, goes).map(({ earned }) => earned.map(({ amount }) => amount));
}
