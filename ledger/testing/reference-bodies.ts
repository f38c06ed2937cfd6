/** Bodies of entries as a till makes them, from what it knows and what the engine of loyalty/ says. Only tests import this. */
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId, SaleId, StoreId, WalletId } from '../../base/ids.ts';
import { minor, NO_POINTS, points, type Points } from '../../base/numbers.ts';
import { judgeBadges, lostBadges } from '../../loyalty/badges/judge.ts';
import { earnForAttached } from '../../loyalty/earning/earn-for.ts';
import { lineLeft } from '../../loyalty/earning/earn-again.ts';
import type { MemberFacts } from '../../loyalty/member-facts.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { judgeReferral, referralLost } from '../../loyalty/referral/judge.ts';
import { evaluateRefund } from '../../loyalty/refunds/evaluate.ts';
import { recordedQuantity } from '../../loyalty/refunds/quantity.ts';
import { isAllReturned, remaining } from '../../loyalty/refunds/remaining.ts';
import type { RefundRequest } from '../../loyalty/refunds/request.ts';
import { evaluateSale } from '../../loyalty/sale/evaluate.ts';
import { at } from '../../loyalty/testing/build.ts';
import { recordOf } from '../../loyalty/testing/record-of.ts';
import { sumByWallet } from '../../loyalty/wallet-amounts.ts';
import type { AttachBody } from '../bodies/after-sale.ts';
import type { RefundBody } from '../bodies/refund.ts';
import type { SaleBody, SaleGift } from '../bodies/sale.ts';
import type { Entry, EntryOf } from '../entry.ts';
import { applyEntry } from '../fold/apply.ts';
import {
  balanceOf,
  broughtIn,
  clubsOf,
  givenOn,
  levelOf,
  membershipsOf,
  type MemberState,
  purchasesOf,
  spendableOf,
  usesOn,
} from '../member-state.ts';
import { countedSale, noteLines, type SaleNote } from '../sale-note.ts';
import type { SaleState } from '../sale-state.ts';
import type { Terms } from '../terms.ts';
import { EMPTY_WALLET, isLive, takenOf } from '../wallet-state.ts';
import { testTill } from './books.ts';
import type { SaleWish } from './reference-till.ts';

export type Knowledge = {
  readonly programme: Programme;
  readonly terms: Terms;
  readonly store: StoreId;
  states(): ReadonlyMap<MemberId, MemberState>;
  saleOf(sale: SaleId): SaleState | undefined;
  owner(account: MemberId): MemberId;
  stateOf(member: MemberId): MemberState;
};

export function saleBody(known: Knowledge, sale: SaleId, wish: SaleWish): SaleBody | undefined {
  const { programme, terms, store, stateOf } = known;
  const { date, member, lines, redeem = [], claim = null } = wish;
  const state = member === null ? undefined : stateOf(member);
  const facts = member === null || !state ? undefined : factsOf(programme, terms, known.owner(member), state, date);
  const local = at(date, '10:00');
  const request = { local, channel: 'store', store, lines, redeem, operatorRole: 'manager' } as const;
  const evaluated = evaluateSale(programme, facts && { ...facts, unclaimed: claim !== null }, request);
  if (!evaluated.ok) return undefined;
  const { list, discount, due } = evaluated.value.totals;
  const record = recordOf(request, evaluated.value);
  const judged = { sale, date, store, lines: record.lines, due };
  return {
    sale,
    reference: null,
    channel: 'store',
    minute: 600,
    lines: record.lines,
    redeemed: record.redeemed,
    earned: record.earned,
    context: record.context,
    list,
    discount,
    due,
    gifts: state === undefined || claim !== null ? [] : giftsOf(known, state, judged),
    vouchers: [],
    partner: null,
    claim,
  };
}

export function refundBody(
  known: Knowledge,
  sale: SaleId,
  request: RefundRequest,
  date: BusinessDate,
  kind: 'refund' | 'void',
): { readonly body: RefundBody; readonly member: MemberId | null } | undefined {
  const { programme, stateOf } = known;
  const of = known.saleOf(sale);
  if (of === undefined || of.voided || date < of.record.date) return undefined;
  const evaluated = evaluateRefund(programme, of.record, of.returned, request);
  if (!evaluated.ok) return undefined;
  const { lines, money, redeemed, earned, whole, returned } = evaluated.value;
  const member = of.member ?? of.unclaimed?.account ?? null;
  const body: RefundBody = {
    sale,
    lines,
    money,
    returned: redeemed.flatMap(({ index, reward, wallet, amount }) =>
      wallet === null || amount === 0 ? [] : [{ redemption: index, reward, wallet, amount }],
    ),
    lost: earned.flatMap(({ index, rule, wallet, amount }) =>
      amount === 0 ? [] : [{ earning: index, rule, wallet, amount }],
    ),
    takenBack: [],
    gifts: [],
    whole,
  };
  if (member === null) return { body, member };
  const preview = (of_: RefundBody): MemberState => {
    const entry = testTill('preview').entry(kind, of_, { date, member }) as Entry; // kind and body belong together
    return applyEntry(known.states(), entry, known.terms).get(known.owner(member)) ?? stateOf(member);
  };
  // Its points come back first, then earnings go, then gifts (fine print 26).
  const takenBack = takenFrom(programme, preview({ ...body, lost: [], lines: [], whole: false }), body, date);
  const note = stateOf(member).sales.find((one) => one.sale === sale);
  const after = preview({ ...body, takenBack });
  const leftDue = remaining(of.record, returned).reduce((sum, { paid }) => sum + paid, 0);
  const gifts =
    note === undefined ? [] : giftsBack(known, note, { before: stateOf(member), after, kind, leftDue, whole, date });
  return { body: { ...body, takenBack, gifts }, member };
}

function takenFrom(
  programme: Programme,
  state: MemberState,
  { sale, lost: parts }: RefundBody,
  date: BusinessDate,
): RefundBody['takenBack'] {
  return sumByWallet(parts).flatMap(({ wallet, amount: lost }) => {
    const forgive = forgives(programme, wallet);
    const amount = takenOf(state.wallets[wallet] ?? EMPTY_WALLET, { lost, sale, date, forgive });
    return amount === 0 ? [] : [{ wallet, amount }];
  });
}

function forgives({ wallets }: Programme, wallet: WalletId): boolean {
  return wallets.find(({ id }) => id === wallet)?.negative === 'forgive';
}

export function attachBody(
  known: Knowledge,
  sale: SaleId,
  member: MemberId,
): { readonly attach: AttachBody; readonly date: BusinessDate } | undefined {
  const { programme, terms, stateOf } = known;
  const of = known.saleOf(sale);
  if (of === undefined || of.voided || of.member !== null || isAllReturned(of.record, of.returned)) return undefined;
  const { date, store, channel, minute } = of.record;
  const left = remaining(of.record, of.returned);
  const lines = of.record.lines.flatMap((line, index) => {
    const { quantity = '0', paid = minor(0) } = left[index] ?? {};
    return quantity === '0' ? [] : [{ ...line, quantity, paid, freeUnits: left[index]?.freeUnits ?? 0 }];
  });
  const earning = lines.flatMap((line) => lineLeft(line, { ...line, quantity: recordedQuantity(line.quantity) }) ?? []);
  const state = stateOf(member);
  const facts = factsOf(programme, terms, known.owner(member), state, date);
  const earned = earnForAttached(programme, facts, of.record, earning);
  if (!earned.ok) return undefined;
  const recorded = lines.map(({ freeUnits: _free, ...line }) => line);
  const due = minor(lines.reduce((sum, { paid }) => sum + paid, 0));
  const account = of.unclaimed?.account;
  const attach: AttachBody = {
    sale,
    earned: earned.value.rules.flatMap(({ rule, wallet, amount }) => (amount > 0 ? [{ rule, wallet, amount }] : [])),
    context: earned.value.context,
    lines: recorded,
    store,
    channel,
    minute,
    due,
    gifts: giftsOf(known, state, { sale, date, store, lines: recorded, due }),
    dropped: account === undefined ? null : { account, amounts: balancesOf(programme, stateOf(account), date) },
  };
  return { attach, date };
}

function balancesOf({ wallets }: Programme, state: MemberState, date: BusinessDate) {
  return wallets.flatMap(({ id: wallet }) => {
    const amount = balanceOf(state, wallet, date);
    return amount === 0 ? [] : [{ wallet, amount }];
  });
}

export function factsOf(
  programme: Programme,
  terms: Terms,
  id: MemberId,
  state: MemberState,
  date: BusinessDate,
): MemberFacts {
  return {
    id,
    unclaimed: false,
    segments: [],
    level: levelOf(state, terms, date).level,
    memberships: membershipsOf(state, date),
    clubs: clubsOf(state, date),
    spendable: new Map(programme.wallets.map(({ id: wallet }) => [wallet, spendableOf(state, wallet, date)])),
    visits: state.visits,
    earnedToday: givenOn(state, date),
    rewardUses: new Map(programme.rewards.map(({ id: reward }) => [reward, usesOn(state, reward, date)])),
    purchases: purchasesOf(state),
  };
}

type Facts = {
  readonly sale: SaleId;
  readonly date: BusinessDate;
  readonly store: StoreId;
  readonly lines: Parameters<typeof noteLines>[0];
  readonly due: number;
};

function giftsOf(
  { programme, stateOf }: Knowledge,
  state: MemberState,
  { sale, date, store, lines, due }: Facts,
): SaleGift[] {
  const note: SaleNote = { sale, date, store, lines: noteLines(lines), earned: [], uses: {}, took: {}, gifts: [] };
  const counted = [...state.sales, note].map(countedSale);
  const badges = judgeBadges(programme.badges, state.badges, counted, sale, date, state.past.counted).map(
    ({ badge }): SaleGift => {
      const give = programme.badges.find(({ id }) => id === badge)?.give;
      return { reason: 'badge', badge, wallet: give?.wallet ?? null, amount: points(give?.amount ?? 0) };
    },
  );
  const { by, paid } = state.referral;
  if (programme.referral === undefined || by === null) return badges;
  const month = broughtIn(stateOf(by), date);
  const pay = judgeReferral(programme.referral, { referredBy: by, paid }, due, month);
  if (pay === undefined) return badges;
  const referee: SaleGift = { reason: 'referee', wallet: pay.referee.wallet, amount: points(pay.referee.amount) };
  if (pay.referrer === null) return [...badges, referee];
  const { wallet, amount } = pay.referrer;
  return [...badges, referee, { reason: 'referrer', member: by, wallet, amount: points(amount) }];
}

type Refunded = {
  readonly before: MemberState;
  readonly after: MemberState;
  readonly kind: 'refund' | 'void';
  readonly leftDue: number;
  readonly whole: boolean;
  readonly date: BusinessDate;
};

function giftsBack(
  { programme, stateOf }: Knowledge,
  note: SaleNote,
  { before, after, kind, leftDue, whole, date }: Refunded,
): SaleGift[] {
  // A void's note is gone from the state after it, and its place is still needed.
  const emptied = { ...note, lines: note.lines.map((line) => ({ ...line, quantity: '0', paid: minor(0) })) };
  const sales = kind === 'void' ? before.sales.map((one) => (one === note ? emptied : one)) : after.sales;
  const options = { voided: kind === 'void', earlierCounts: before.past.counted };
  const lost = lostBadges(programme.badges, before.badges, sales.map(countedSale), note.sale, options);
  const { referral } = programme;
  const unpaid = referral && referralLost(referral, before.referral.paid === note.sale, leftDue, whole);
  const gone = new Map<WalletId, number>();
  const taken = (state: MemberState, wallet: WalletId, amount: Points): Points => {
    if (!forgives(programme, wallet)) return amount;
    const units = Math.max(0, Math.min(amount, balanceOf(state, wallet, date) - (gone.get(wallet) ?? 0)));
    gone.set(wallet, (gone.get(wallet) ?? 0) + units);
    return points(units);
  };
  return note.gifts.flatMap((gift): SaleGift[] => {
    if (gift.reason === 'badge') {
      if (!lost.some(({ badge }) => badge === gift.badge)) return [];
      return [{ ...gift, amount: gift.wallet === null ? NO_POINTS : taken(after, gift.wallet, gift.amount) }];
    }
    if (unpaid !== true) return [];
    const whose = gift.reason === 'referrer' ? stateOf(gift.member) : after;
    return [{ ...gift, amount: taken(whose, gift.wallet, gift.amount) }];
  });
}

/** Parts of lots to send, as a till names them (fine print 33). */
export function lotsToSend(
  state: MemberState,
  wallet: WalletId,
  amount: number,
  date: BusinessDate,
): EntryOf<'transfer'>['body']['lots'] {
  let left = amount;
  const lots = state.wallets[wallet]?.lots ?? [];
  return lots.flatMap((lot) => {
    const ripe = isLive(lot, date) && (lot.from === null || lot.from <= date);
    const part = ripe ? Math.min(left, lot.amount) : 0;
    left -= part;
    return part === 0 ? [] : [{ earned: lot.earned, end: lot.end, amount: points(part) }];
  });
}
