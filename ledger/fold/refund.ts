/** Refunds and voids: what was spent returns first, then earnings are taken back, then gifts (fine print 26). */
import { entriesOf } from '../../base/records.ts';
import type { BusinessDate } from '../../base/business-date.ts';
import type { SaleId, WalletId } from '../../base/ids.ts';
import { points, type Points } from '../../base/numbers.ts';
import { unitsLeftIn } from '../../loyalty/memberships/purchases.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { endOfLot } from '../../loyalty/wallets/ends.ts';
import { amountIn, sumByWallet, type WalletAmount } from '../../loyalty/wallet-amounts.ts';
import type { RefundBody } from '../bodies/refund.ts';
import type { EntryOf } from '../entry.ts';
import { hasSome, linesAfter, type SaleNote } from '../sale-note.ts';
import { programmeOf, type Terms } from '../terms.ts';
import { giveBack, type LotPart, takeBack, takenOf } from '../wallet-state.ts';
import type { Accounts, Draft } from './accounts.ts';
import { takeGifts } from './gifts.ts';
import { fallAfterRefund, settleLevels } from './levels.ts';
import { countUses } from './uses.ts';
import { withdrawVouchers } from './vouchers.ts';
import { heldIn, prune, setWallet, walletIn } from './wallets.ts';

/** Voids are rare, and another till hears of one at its next contact. */
const VOIDED_MAX = 20;

/**
 * What two tills undid of a sale at the same time is undone once: the second gives back and takes no more than the first left, and of a
 * voided sale nothing.
 */
export function applyRefund(accounts: Accounts, entry: EntryOf<'refund' | 'void'>, terms: Terms): void {
  const { member, bd: date, body } = entry;
  if (member === null) return;
  const draft = accounts.draft(member);
  settleLevels(draft, terms, date);
  if (draft.voided.includes(body.sale)) return;
  if (body.vouchers !== undefined) withdrawVouchers(accounts, body.vouchers, date);
  const isVoid = entry.kind === 'void';
  const programme = programmeOf(terms, entry);
  const note = draft.sales.find(({ sale }) => sale === body.sale);
  const took = returnSpent(draft, programme, body, note, date);
  takeEarnings(draft, programme, { body, note, date, isVoid });
  const saleDate = note?.date ?? date;
  const gifts = takeGifts(accounts, draft, note, body, { saleDate, date });
  if (note !== undefined) undoNote(draft, note, isVoid ? undefined : { ...noteAfter(note, body), took, gifts });
  if (isVoid) {
    draft.visits = Math.max(0, draft.visits - 1);
    draft.voided = [...draft.voided, body.sale].slice(-VOIDED_MAX);
  }
  fallAfterRefund(draft, programme, terms, { sale: body.sale, saleDate, refundDate: date });
  prune(draft, date);
}

function returnSpent(
  draft: Draft,
  programme: Programme | undefined,
  body: RefundBody,
  note: SaleNote | undefined,
  date: BusinessDate,
): SaleNote['took'] {
  if (body.returned.length === 0) return note?.took ?? {};
  const took: Record<WalletId, readonly LotPart[]> = { ...note?.took };
  for (const { wallet, amount } of sumByWallet(body.returned)) {
    const parts = took[wallet] ?? [];
    const most = note === undefined ? amount : sumOf(parts);
    const rules = walletIn(programme, wallet);
    const unknownEnd = rules === undefined ? null : endOfLot(rules, date);
    const back = giveBack(heldIn(draft, wallet), parts, points(Math.min(amount, most)), { date, unknownEnd });
    setWallet(draft, wallet, back.state, date);
    took[wallet] = back.took;
  }
  return Object.fromEntries(Object.entries(took).filter(([, parts]) => parts.length > 0));
}

type Earned = {
  readonly body: RefundBody;
  readonly note: SaleNote | undefined;
  readonly date: BusinessDate;
  readonly isVoid: boolean;
};

function takeEarnings(draft: Draft, programme: Programme | undefined, { body, note, date, isVoid }: Earned): void {
  for (const { wallet, amount } of sumByWallet(body.lost)) {
    const lost = note === undefined ? amount : lostIn(wallet, note, body, isVoid);
    const held = heldIn(draft, wallet);
    const said = amountIn(body.takenBack, wallet);
    const forgive = walletIn(programme, wallet)?.negative === 'forgive';
    const taken =
      lost === amount ? said : points(Math.min(said, takenOf(held, { lost, sale: body.sale, date, forgive })));
    setWallet(draft, wallet, takeBack(held, { lost, taken, sale: body.sale, date }), date);
    setLifetime(draft, wallet, (draft.lifetime[wallet] ?? 0) - lost);
  }
}

/** A void of version 1 says what is lost by wallet only. */
function lostIn(wallet: WalletId, { earned }: SaleNote, { lost }: RefundBody, isVoid: boolean): Points {
  const own = lost.filter((part) => part.wallet === wallet);
  if (isVoid) return points(Math.min(sumOf(own), sumOf(earned.filter((earning) => earning.wallet === wallet))));
  return points(own.reduce((sum, { earning, amount }) => sum + Math.min(amount, earned[earning]?.amount ?? 0), 0));
}

function setLifetime(draft: Draft, wallet: WalletId, amount: number): void {
  if (amount > 0) draft.lifetime[wallet] = points(amount);
  else delete draft.lifetime[wallet];
}

function noteAfter(note: SaleNote, { lines, lost }: RefundBody): SaleNote {
  const gone = new Map<number, Points>(lost.map(({ earning, amount }) => [earning, amount]));
  return {
    ...note,
    lines: linesAfter(note.lines, lines),
    earned: note.earned.map((earning, index) => {
      const amount = Math.max(0, earning.amount - (gone.get(index) ?? 0));
      return amount === earning.amount ? earning : { ...earning, amount: points(amount) };
    }),
  };
}

/** `left`: the note as the refund leaves it; undefined: it was voided. A use counts until nothing of its sale is left (fine print 22). */
function undoNote(draft: Draft, note: SaleNote, left: SaleNote | undefined): void {
  const whole = left === undefined || !left.lines.some(hasSome);
  if (whole) {
    for (const [reward, times] of entriesOf(note.uses)) countUses(draft, reward, note.date, -times);
  }
  const known = left === undefined ? [] : [whole ? { ...left, uses: {} } : left];
  draft.sales = draft.sales.flatMap((other) => (other === note ? known : [other]));
  shortenMemberships(draft, note.sale, left);
}

/** Units returned take their periods out again (fine print 36). */
function shortenMemberships(draft: Draft, sale: SaleId, left: SaleNote | undefined): void {
  const entries = Object.entries(draft.memberships);
  if (!entries.some(([, purchases]) => purchases.some((purchase) => purchase.sale === sale))) return;
  const shortened = entries.map(([membership, purchases]) => {
    const kept = purchases.flatMap((purchase) => {
      if (purchase.sale !== sale) return [purchase];
      const units = left === undefined ? 0 : unitsLeftIn(purchase, left.lines);
      return units === 0 ? [] : [{ ...purchase, units }];
    });
    return [membership, kept] as const;
  });
  draft.memberships = Object.fromEntries(shortened.filter(([, purchases]) => purchases.length > 0));
}

function sumOf(parts: readonly Pick<WalletAmount, 'amount'>[]): number {
  return parts.reduce((sum, { amount }) => sum + amount, 0);
}
