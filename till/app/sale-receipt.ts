import { previousDay, type BusinessDate } from '../../base/business-date.ts';
import type { SaleEntry } from '../../ledger/entry.ts';
import type { MemberState } from '../../ledger/member-state.ts';
import type { Receipt } from '../../hardware/receipt/receipt.ts';
import type { Basket, CommittedSale, Quote } from '../contract/shapes.ts';
import type { TillContext } from './context.ts';
import type { PricedSale } from './price-sale.ts';
import { dateText, memberBlock, moneyOf, RECEIPT_TEXT_MAX, receiptHead } from './receipts.ts';

export type SoldSale = {
  readonly sale: PricedSale;
  readonly basket: Basket;
  readonly entry: SaleEntry;
  readonly promised: Omit<Quote, 'rewards'>;
  readonly claimCode: string | null;
  readonly vouchers: CommittedSale['vouchers'];
  readonly after: MemberState | undefined;
};

export function saleReceipt(context: TillContext, sold: SoldSale): Receipt {
  const { sale, basket, entry, promised, claimCode, vouchers } = sold;
  return {
    ...receiptHead(context, entry),
    kind: 'sale',
    number: entry.receipt ?? '',
    money: moneyOf(sale.known.programme),
    lines: sale.request.lines.map((line, index) => ({
      name: (basket.lines[index]?.name ?? line.sku).slice(0, RECEIPT_TEXT_MAX),
      quantity: line.quantity,
      unitPriceMinor: line.unitPrice,
      amountMinor: promised.lines[index]?.list ?? 0,
    })),
    discounts: promised.redeemed
      .filter(({ discount }) => discount > 0)
      .map(({ name, discount }) => ({ name, amountMinor: discount })),
    totalMinor: promised.due,
    taxes: promised.tax
      .filter(({ rate }) => Number(rate) > 0)
      .map(({ rate, tax, gross }) => ({ label: `${percentText(rate)} %`, netMinor: gross - tax, taxMinor: tax })),
    ...memberOn(context, sold),
    ...(vouchers.length === 0
      ? {}
      : {
          vouchers: vouchers.map(({ name, code, validBefore }) => ({
            name,
            code,
            lastDay: dateText(context, previousDay(validBefore as BusinessDate)), // a date of the programme's
          })),
        }),
    ...(claimCode === null ? {} : { claimCode }),
  };
}

/** Gifts are on paper with what was earned: both are the customer's now. */
function memberOn(context: TillContext, { sale, entry, promised, after }: SoldSale) {
  const { member, known, gifts } = sale;
  if (member === undefined || after === undefined) return {};
  const own = gifts.flatMap((gift) =>
    gift.reason === 'referrer' || gift.wallet === null ? [] : [{ wallet: gift.wallet, amount: gift.amount }],
  );
  return {
    member: memberBlock(context, {
      member,
      after,
      programme: known.programme,
      date: entry.bd,
      earned: [...promised.earned, ...own],
      spent: promised.spent,
      badges: gifts.flatMap((gift) => (gift.reason === 'badge' ? [gift.badge] : [])),
    }),
  };
}

/** `0.19` is 19, `0.055` is 5.5: shifts the decimal point of the text, so that no float is in between. */
function percentText(rate: string): string {
  const [whole = '0', fraction = ''] = rate.split('.');
  const digits = `${whole}${fraction.padEnd(2, '0').slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const rest = fraction.slice(2).replace(/0+$/, '');
  return rest === '' ? digits : `${digits}.${rest}`;
}
