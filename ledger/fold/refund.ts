/** Refunds and voids: what was spent returns first, then earnings are taken back, then gifts (fine print 26). */
import type { BusinessDate } from '../../base/business-date.ts';
import type { RewardId, SaleId, WalletId } from '../../base/ids.ts';
import { points, type Points } from '../../base/numbers.ts';
import { unitsLeftIn } from '../../loyalty/memberships/purchases.ts';
import { amountIn, sumByWallet } from '../../loyalty/wallet-amounts.ts';
import type { RefundBody } from '../bodies/refund.ts';
import type { EntryOf } from '../entry.ts';
import { lessReturned, type SaleNote } from '../sale-note.ts';
import { programmeOf, type Terms } from '../terms.ts';
import { giveBack, takeBack, type LotPart } from '../wallet-state.ts';
import type { Accounts, Draft } from './accounts.ts';
import { takeGifts } from './gifts.ts';
import { fallAfterRefund, settleLevels } from './levels.ts';
import { countUses } from './uses.ts';
import { heldIn, prune, setWallet } from './wallets.ts';

export function applyRefund(accounts: Accounts, entry: EntryOf<'refund' | 'void'>, terms: Terms): void {
  const { member, bd: date, body } = entry;
  if (member === null) return;
  const draft = accounts.draft(member);
  settleLevels(draft, terms, date);
  const note = draft.sales.find(({ sale }) => sale === body.sale);
  const took = returnSpent(draft, body, note, date);
  takeEarnings(draft, body, note, date);
  const saleDate = note?.date ?? date;
  const gifts = takeGifts(accounts, draft, note?.gifts ?? [], body.gifts, { sale: body.sale, saleDate, date });
  if (note !== undefined) {
    if (body.whole) freeUses(draft, note);
    const left = { ...noteAfter(note, body), took, gifts };
    replaceNote(draft, note, entry.kind === 'void' ? undefined : left);
    shortenMemberships(draft, body.sale, entry.kind === 'void' ? undefined : left);
  }
  if (entry.kind === 'void') draft.visits = Math.max(0, draft.visits - 1);
  fallAfterRefund(draft, programmeOf(terms, entry), { sale: body.sale, saleDate, refundDate: date });
  prune(draft, date);
}

function returnSpent(draft: Draft, body: RefundBody, note: SaleNote | undefined, date: BusinessDate): SaleNote['took'] {
  const took: Record<WalletId, readonly LotPart[]> = { ...note?.took };
  for (const { wallet, amount } of sumByWallet(body.returned)) {
    const back = giveBack(heldIn(draft, wallet), took[wallet] ?? [], amount, date);
    setWallet(draft, wallet, back.state, date);
    took[wallet] = back.took;
  }
  return took;
}

function takeEarnings(draft: Draft, body: RefundBody, note: SaleNote | undefined, date: BusinessDate): void {
  const over = sumByWallet(body.lost.map((part) => ({ wallet: part.wallet, amount: neverGiven(part, note) })));
  for (const { wallet, amount } of sumByWallet(body.lost)) {
    const excess = amountIn(over, wallet);
    const lost = points(amount - excess);
    const taken = points(Math.max(0, amountIn(body.takenBack, wallet) - excess));
    const held = takeBack(heldIn(draft, wallet), { lost, taken, sale: body.sale, date });
    setWallet(draft, wallet, held, date);
    const lifetime = Math.max(0, (draft.lifetime[wallet] ?? 0) - lost);
    draft.lifetime = { ...draft.lifetime, [wallet]: points(lifetime) };
  }
}

/** Of what a rule no longer gives, what the member never got, since another till had given it first (fine print 12). */
function neverGiven({ earning, amount }: RefundBody['lost'][number], note: SaleNote | undefined): Points {
  const given = note?.earned[earning]?.amount;
  return points(given === undefined ? 0 : Math.max(0, amount - given));
}

function noteAfter(note: SaleNote, { lines, lost }: RefundBody): SaleNote {
  const returned = new Map(lines.map((line) => [line.line, line]));
  const gone = new Map<number, Points>(lost.map(({ earning, amount }) => [earning, amount]));
  return {
    ...note,
    lines: note.lines.map((line, index) => {
      const back = returned.get(index);
      return back === undefined ? line : lessReturned(line, back.quantity, back.money);
    }),
    earned: note.earned.map((earning, index) => {
      const amount = Math.max(0, earning.amount - (gone.get(index) ?? 0));
      return amount === earning.amount ? earning : { ...earning, amount: points(amount) };
    }),
  };
}

function freeUses(draft: Draft, note: SaleNote): void {
  for (const [reward, times] of Object.entries(note.uses) as [RewardId, number][])
    countUses(draft, reward, note.date, -times); // keys of the record
}

function replaceNote(draft: Draft, note: SaleNote, left: SaleNote | undefined): void {
  draft.sales = draft.sales.flatMap((known) => (known === note ? (left === undefined ? [] : [left]) : [known]));
}

/** Units returned take their periods out again (fine print 36). */
function shortenMemberships(draft: Draft, sale: SaleId, left: SaleNote | undefined): void {
  const entries = Object.entries(draft.memberships).map(([membership, purchases]) => {
    const kept = purchases.flatMap((purchase) => {
      if (purchase.sale !== sale) return [purchase];
      const units = left === undefined ? 0 : unitsLeftIn(purchase, left.lines);
      return units === 0 ? [] : [{ ...purchase, units }];
    });
    return [membership, kept] as const;
  });
  draft.memberships = Object.fromEntries(entries.filter(([, purchases]) => purchases.length > 0));
}
