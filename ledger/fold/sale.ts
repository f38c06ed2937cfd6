/** Sales, and sales whose card came late: earnings, redemptions, gifts, and what follows for levels, limits and memberships. */
import { entriesOf } from '../../base/records.ts';
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId, RewardId, RuleId, SaleId, StoreId, WalletId } from '../../base/ids.ts';
import { points } from '../../base/numbers.ts';
import { purchasesIn } from '../../loyalty/memberships/purchases.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { earnAgain, linesSold } from '../../loyalty/earning/earn-again.ts';
import type { RecordedEarning, RecordedLine, SaleRecord } from '../../loyalty/sale/record.ts';
import { endOfLot } from '../../loyalty/wallets/ends.ts';
import { sumByWallet } from '../../loyalty/wallet-amounts.ts';
import type { Earnings, SaleGift } from '../bodies/sale.ts';
import type { EntryOf } from '../entry.ts';
import { NEW_MEMBER_STATE } from '../member-state.ts';
import { letGo, NOTES_MAX } from '../past.ts';
import { spentIn } from '../postings.ts';
import { noteEarnings, noteLines, type SaleNote } from '../sale-note.ts';
import { addNote } from '../tallies.ts';
import { programmeOf, type Terms } from '../terms.ts';
import { type LotPart, OVERDRAFT, spend } from '../wallet-state.ts';
import { type Accounts, type Draft, draftOf } from './accounts.ts';
import { giveGifts } from './gifts.ts';
import { riseAfterSale, settleLevels } from './levels.ts';
import { countUses } from './uses.ts';
import { issueVouchers } from './vouchers.ts';
import { activeIn, gain, hasManyLots, heldIn, prune, setWallet, walletIn } from './wallets.ts';

export function applySale(accounts: Accounts, entry: EntryOf<'sale'>, terms: Terms): void {
  const { member, bd: date, store, body } = entry;
  if (member === null) return;
  const draft = accounts.draft(member);
  const programme = programmeOf(terms, entry);
  settleLevels(draft, terms, date);
  if (body.vouchers.length > 0) issueVouchers(accounts, entry);
  if (body.claim !== null) draft.claim = body.claim;
  const took = redeem(draft, programme, body.redeemed, date);
  const uses = usesOf(body.redeemed);
  for (const [reward, times] of entriesOf(uses)) countUses(draft, reward, date, times);
  const { sale, lines, gifts } = body;
  const earned = standingEarned(draft, programme, body, () => ({ ...body, date, store }));
  addSale(accounts, draft, programme, { sale, lines, gifts, earned, date, store, took, uses });
}

/** Where the sale found its member before, by a card or a claim at another till, that stands (fine print 12). */
export function applyAttach(accounts: Accounts, entry: EntryOf<'attach'>, terms: Terms): void {
  const { member, bd: date, body } = entry;
  if (member === null) return;
  const draft = accounts.draft(member);
  if (draft.sales.some(({ sale }) => sale === body.sale) || draft.voided.includes(body.sale)) return;
  if (body.dropped !== null && !drop(accounts, body.dropped.account, accounts.ownerOf(member))) return;
  settleLevels(draft, terms, date);
  const programme = programmeOf(terms, entry);
  const { sale, lines, gifts, store } = body;
  const earned = standingEarned(draft, programme, body, () => ({ ...body, date, redeemed: [] }));
  addSale(accounts, draft, programme, { sale, lines, gifts, earned, date, store, took: NOTHING, uses: NOTHING });
}

/** An unclaimed account whose sale found its member (fine print 39). False: it has been claimed or dropped already. */
function drop(accounts: Accounts, account: MemberId, into: MemberId): boolean {
  if (account === into) return true;
  const draft = accounts.own(account);
  if (draft.into !== null) return false;
  Object.assign(draft, draftOf({ ...NEW_MEMBER_STATE, into }));
  return true;
}

const NOTHING = {};

/**
 * What the rules give that stands: where two tills both gave what only a first sale gets, the one that is first in the total order keeps it
 * (fine print 12).
 */
function standingEarned(
  draft: Draft,
  programme: Programme | undefined,
  { earned, context }: Earnings,
  record: () => SaleRecord,
): readonly RecordedEarning[] {
  if (programme === undefined || draft.visits === 0 || context.held.length === 0) return earned;
  const ofFirstSales = new Set<RuleId>(
    programme.earn.flatMap(({ id, when }) => (when?.firstSale === true ? [id] : [])),
  );
  const held = context.held.filter((rule) => !ofFirstSales.has(rule));
  if (held.length === context.held.length) return earned;
  const again = earnAgain(programme, { ...record(), context: { ...context, held } }, linesSold(record()));
  return earned.map((earning) => {
    const standing = again.find(({ rule }) => rule === earning.rule)?.amount ?? points(0);
    return { ...earning, amount: standing };
  });
}

type NewSale = {
  readonly sale: SaleId;
  readonly date: BusinessDate;
  readonly store: StoreId;
  readonly lines: readonly RecordedLine[];
  readonly earned: readonly RecordedEarning[];
  readonly gifts: readonly SaleGift[];
  readonly took: SaleNote['took'];
  readonly uses: SaleNote['uses'];
};

function addSale(
  accounts: Accounts,
  draft: Draft,
  programme: Programme | undefined,
  { sale, date, store, lines, earned, gifts, took, uses }: NewSale,
): void {
  for (const { wallet, amount } of sumByWallet(earned)) {
    gain(draft, programme, { wallet, amount, date, sale });
    draft.lifetime[wallet] = points((draft.lifetime[wallet] ?? 0) + amount);
  }
  const standing = giveGifts(accounts, draft, gifts, { sale, date, programme });
  const note: SaleNote = {
    sale,
    date,
    store,
    lines: noteLines(lines),
    earned: noteEarnings(earned),
    uses,
    took,
    gifts: standing,
  };
  draft.visits += 1;
  addNote(draft, note);
  startMemberships(draft, programme, { sale, date, lines });
  riseAfterSale(draft, programme, { date, sale });
  if (draft.sales.length > NOTES_MAX) {
    const kept = letGo(draft.sales, draft.past, { programme, awards: draft.badges });
    draft.sales = [...kept.sales];
    draft.past = kept.past;
    prune(draft, date);
  } else if (hasManyLots(draft)) prune(draft, date);
}

type Redeemed = EntryOf<'sale'>['body']['redeemed'];

function usesOf(redeemed: Redeemed): SaleNote['uses'] {
  if (redeemed.length === 0) return NOTHING;
  const uses: Record<RewardId, number> = {};
  for (const { reward } of redeemed) uses[reward] = (uses[reward] ?? 0) + 1;
  return uses;
}

function redeem(
  draft: Draft,
  programme: Programme | undefined,
  redeemed: Redeemed,
  date: BusinessDate,
): SaleNote['took'] {
  if (redeemed.length === 0) return NOTHING;
  const took: Record<WalletId, readonly LotPart[]> = {};
  for (const { wallet, amount } of spentIn(redeemed)) {
    const spent = spend(heldIn(draft, wallet), amount, date);
    const rules = walletIn(programme, wallet);
    setWallet(draft, wallet, activeIn(rules, spent.state, date), date);
    const over = amount - spent.parts.reduce((sum, part) => sum + part.amount, 0);
    const end = rules === undefined ? null : endOfLot(rules, date);
    const overdraft = { lot: OVERDRAFT, earned: date, end, amount: points(over) };
    took[wallet] = over === 0 ? spent.parts : [...spent.parts, overdraft];
  }
  return took;
}

function startMemberships(
  draft: Draft,
  programme: Programme | undefined,
  { sale, date, lines }: Pick<NewSale, 'sale' | 'date' | 'lines'>,
): void {
  if (programme === undefined || programme.memberships.length === 0) return;
  for (const { membership, purchase } of purchasesIn(programme.memberships, { sale, date, lines })) {
    const before = draft.memberships[membership] ?? [];
    draft.memberships = { ...draft.memberships, [membership]: [...before, purchase] };
  }
}
