/** Receipts as data, made with the entry and stored with its print job: a copy shows what the first print showed. */
import { epochMs, parseBusinessDate, previousDay, type BusinessDate } from '../../base/business-date.ts';
import type { SaleId } from '../../base/ids.ts';
import type { Entry } from '../../ledger/entry.ts';
import type { MemberState } from '../../ledger/member-state.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import {
  asCopy,
  RECEIPT_VERSION,
  receiptSchema,
  type LocalTimeText,
  type Receipt,
  type ReceiptMember,
} from '../../hardware/receipt/receipt.ts';
import type { Stream } from '../store/streams.ts';
import type { TillContext } from './context.ts';
import { storeTexts } from './store-texts.ts';
import { levelView } from './tier-view.ts';
import { endingSoon, walletBalances } from './views.ts';

export const RECEIPT_TEXT_MAX = 400;
const WALLETS_MAX = 20;

/** `Till 1` gives `T1`: short enough for paper, and what a person at the shop would call it. */
export function receiptPrefix(stream: Stream | undefined): string {
  const name = stream?.tillName ?? '';
  const initials = [...name.matchAll(/\p{L}+|\d+/gu)].map(([part]) => (/\d/.test(part) ? part : part.slice(0, 1)));
  const prefix = initials.join('').toUpperCase().slice(0, 8);
  return prefix === '' ? 'T' : prefix;
}

/** The receipt of an own sale as it was laid down then; undefined where the sale is not known. */
export function receiptOf({ store }: Pick<TillContext, 'store'>, sale: SaleId): Receipt | undefined {
  const job = store.printJobs.firstOf(sale);
  return job && receiptSchema.parse(JSON.parse(job.receipt));
}

export function copyOf(context: TillContext, receipt: Receipt): Receipt {
  return asCopy(receipt, localText(context, context.clock.wall()));
}

export function receiptHead(context: TillContext, entry: Pick<Entry, 'till' | 'actor' | 'wall'>) {
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

/** What a receipt says of a member: signed amounts of this receipt, and how they stand after it. */
export type MemberOnReceipt = {
  readonly member: { readonly profile: { readonly displayName: string | null }; readonly asOf: number | null };
  readonly after: MemberState;
  readonly programme: Programme;
  readonly date: BusinessDate;
  readonly earned: readonly { readonly wallet: string; readonly amount: number }[];
  readonly spent: readonly { readonly wallet: string; readonly amount: number }[];
  readonly badges?: readonly string[];
};

export function memberBlock(context: TillContext, shown: MemberOnReceipt): ReceiptMember {
  const { member, after, programme, date, earned, spent, badges = [] } = shown;
  const amountOf = (list: typeof earned, wallet: string) =>
    list.reduce((sum, entry) => sum + (entry.wallet === wallet ? entry.amount : 0), 0);
  const level = levelView(after, context.programmes.terms, date);
  const ends = endingSoon(after, date);
  return {
    displayName: member.profile.displayName ?? '–',
    ...(level === null ? {} : { level: { name: level.level, ...lastDayOf(context, level.end) } }),
    ...(badges.length === 0 ? {} : { badges: badges.slice(0, 20) }),
    wallets: walletBalances(after, programme, date)
      .slice(0, WALLETS_MAX)
      .map(({ wallet, name, kind, balance }) => {
        const next = ends.find((ending) => ending.wallet === wallet);
        const end = next && parseBusinessDate(next.end);
        return {
          label: name,
          ...(kind === 'money' ? { money: moneyOf(programme) } : {}),
          earned: amountOf(earned, wallet),
          spent: amountOf(spent, wallet),
          balance,
          ...(next === undefined || end === undefined
            ? {}
            : { ending: { amount: next.amount, lastDay: dateText(context, previousDay(end)) } }),
          ...(member.asOf === null ? {} : { asOf: localText(context, member.asOf) }),
        };
      }),
  };
}

function lastDayOf(context: TillContext, end: BusinessDate | string | null): { lastDay?: string } {
  return end === null ? {} : { lastDay: dateText(context, previousDay(end as BusinessDate)) }; // an end of the ledger
}

export function moneyOf({ currency, minorDigits }: Programme): { currency: string; minorDigits: number } {
  return { currency, minorDigits };
}

function localText(context: TillContext, at: number): LocalTimeText {
  const { locale } = storeTexts(context);
  const { date, time } = timeFormats(locale, context.programmes.newest()?.programme.timezone ?? 'UTC');
  const instant = epochMs(at);
  return { date: date.format(instant), time: time.format(instant) };
}

export function dateText(context: TillContext, date: BusinessDate): string {
  return timeFormats(storeTexts(context).locale, 'UTC').date.format(Date.parse(`${date}T12:00:00Z`));
}

type TimeFormats = { readonly date: Intl.DateTimeFormat; readonly time: Intl.DateTimeFormat };

const FORMATS_KEPT_MAX = 8;

/** Making a format costs as much as the rest of a receipt, and a till has one locale and one zone. */
const kept = new Map<string, TimeFormats>();

function timeFormats(locale: string, timeZone: string): TimeFormats {
  const key = `${locale} ${timeZone}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  if (kept.size >= FORMATS_KEPT_MAX) kept.clear();
  const formats = {
    date: new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'short' }),
    time: new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short' }),
  };
  kept.set(key, formats);
  return formats;
}
