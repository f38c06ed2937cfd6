/** Receipts as data, made at the sale and stored with its print job: a copy shows what the first print showed. */
import { epochMs } from '../../base/business-date.ts';
import type { SaleId } from '../../base/ids.ts';
import type { SaleEntry, VoidEntry, WalletAmount } from '../../ledger/entry.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import {
  asCopy,
  RECEIPT_VERSION,
  receiptSchema,
  type LocalTimeText,
  type Receipt,
  type ReceiptMember,
} from '../../hardware/receipt/receipt.ts';
import type { Basket, Quote } from '../contract/shapes.ts';
import type { Stream } from '../store/streams.ts';
import type { TillContext } from './context.ts';
import type { KnownMember } from './member-book.ts';
import type { PricedSale } from './quote-sale.ts';
import { storeTexts } from './store-texts.ts';
import type { WalletBalanceView } from './views.ts';

const RECEIPT_TEXT_MAX = 400;

/** `Till 1` gives `T1`: short enough for paper, and what a person at the shop would call it. */
export function receiptPrefix(stream: Stream | undefined): string {
  const name = stream?.tillName ?? '';
  const initials = [...name.matchAll(/\p{L}+|\d+/gu)].map(([part]) => (/\d/.test(part) ? part : part.slice(0, 1)));
  const prefix = initials.join('').toUpperCase().slice(0, 8);
  return prefix === '' ? 'T' : prefix;
}

export function saleReceipt(
  context: TillContext,
  sale: PricedSale,
  basket: Basket,
  entry: SaleEntry,
  quote: Omit<Quote, 'rewards'>,
): Receipt {
  const { programme } = sale.known;
  const { redeemed } = quote;
  return {
    ...head(context, entry),
    kind: 'sale',
    number: entry.receipt ?? '',
    money: moneyOf(programme),
    lines: sale.request.lines.map((line, index) => ({
      name: (basket.lines[index]?.name ?? line.sku).slice(0, RECEIPT_TEXT_MAX),
      quantity: line.quantity,
      unitPriceMinor: line.unitPrice,
      amountMinor: quote.lines[index]?.list ?? 0,
    })),
    discounts: redeemed
      .filter(({ discount }) => discount > 0)
      .map(({ name, discount }) => ({ name, amountMinor: discount })),
    totalMinor: quote.due,
    taxes: quote.tax
      .filter(({ rate }) => Number(rate) > 0)
      .map(({ rate, tax, gross }) => ({ label: `${percentText(rate)} %`, netMinor: gross - tax, taxMinor: tax })),
    ...memberBlock(context, sale.member, programme, quote.balanceAfter, quote.earned, quote.spent),
  };
}

export function voidReceipt(
  context: TillContext,
  programme: Programme,
  entry: VoidEntry,
  voidedNumber: string,
  member: KnownMember | undefined,
  balances: readonly WalletBalanceView[],
): Receipt {
  const { money, returned, takenBack } = entry.body;
  return {
    ...head(context, entry),
    kind: 'void',
    number: entry.receipt ?? '',
    voidedNumber,
    money: moneyOf(programme),
    totalMinor: -money,
    ...memberBlock(context, member, programme, balances, negative(takenBack), negative(returned)),
  };
}

/** The receipt of an own sale as it was laid down then; undefined where the sale is not known. */
export function receiptOf({ store }: Pick<TillContext, 'store'>, sale: SaleId): Receipt | undefined {
  const job = store.printJobs.firstOf(sale);
  return job && receiptSchema.parse(JSON.parse(job.receipt));
}

export function copyOf(context: TillContext, receipt: Receipt): Receipt {
  return asCopy(receipt, localText(context, context.clock.wall()));
}

function head(context: TillContext, entry: SaleEntry | VoidEntry) {
  const texts = storeTexts(context);
  const stream = context.stream();
  return {
    version: RECEIPT_VERSION,
    locale: texts.locale,
    store: { name: texts.name, header: texts.receiptHeader },
    till: stream?.tillName ?? entry.till,
    operator: entry.actor.operator,
    issued: localText(context, entry.wall),
    footer: texts.receiptFooter,
  } as const;
}

function memberBlock(
  context: TillContext,
  member: KnownMember | undefined,
  programme: Programme,
  balances: readonly WalletBalanceView[],
  earned: readonly { wallet: string; amount: number }[],
  spent: readonly { wallet: string; amount: number }[],
): { member?: ReceiptMember } {
  if (member === undefined) return {};
  const amountOf = (list: typeof earned, wallet: string) => list.find((entry) => entry.wallet === wallet)?.amount ?? 0;
  return {
    member: {
      displayName: member.profile.displayName ?? '–',
      wallets: balances.slice(0, 20).map(({ wallet, name, kind, balance }) => ({
        label: name,
        ...(kind === 'money' ? { money: moneyOf(programme) } : {}),
        earned: amountOf(earned, wallet),
        spent: amountOf(spent, wallet),
        balance,
        ...(member.asOf === null ? {} : { asOf: localText(context, member.asOf) }),
      })),
    },
  };
}

function moneyOf({ currency, minorDigits }: Programme): { currency: string; minorDigits: number } {
  return { currency, minorDigits };
}

function negative(amounts: readonly WalletAmount[]): { wallet: string; amount: number }[] {
  return amounts.map(({ wallet, amount }) => ({ wallet, amount: -amount }));
}

function localText(context: TillContext, at: number): LocalTimeText {
  const { locale } = storeTexts(context);
  const { date, time } = timeFormats(locale, context.programmes.newest()?.programme.timezone ?? 'UTC');
  const instant = epochMs(at);
  return { date: date.format(instant), time: time.format(instant) };
}

type TimeFormats = { readonly date: Intl.DateTimeFormat; readonly time: Intl.DateTimeFormat };

/** Making a format costs as much as the rest of a receipt, and a till has one locale and one zone. */
let kept: { readonly key: string; readonly formats: TimeFormats } | undefined;

function timeFormats(locale: string, timeZone: string): TimeFormats {
  const key = `${locale} ${timeZone}`;
  if (kept?.key === key) return kept.formats;
  const formats = {
    date: new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'short' }),
    time: new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short' }),
  };
  kept = { key, formats };
  return formats;
}

/** `0.19` is 19, `0.055` is 5.5: shifts the decimal point of the text, so that no float is in between. */
function percentText(rate: string): string {
  const [whole = '0', fraction = ''] = rate.split('.');
  const digits = `${whole}${fraction.padEnd(2, '0').slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const rest = fraction.slice(2).replace(/0+$/, '');
  return rest === '' ? digits : `${digits}.${rest}`;
}
