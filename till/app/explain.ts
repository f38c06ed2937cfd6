/** How a balance, a level, a badge or a sale came about, as data that screens, receipts and the API put into words. */
import { present } from '../../base/assert.ts';
import type { BusinessDate } from '../../base/business-date.ts';
import { ok, type Refusal, type Result } from '../../base/result.ts';
import type { MemberState } from '../../ledger/member-state.ts';
import type { SaleState } from '../../ledger/sale-state.ts';
import { EMPTY_WALLET, isLive, type Lot } from '../../ledger/wallet-state.ts';
import { explainRecordedSale, explainSale as explainRequest } from '../../loyalty/explain/explain-sale.ts';
import { runsOf } from '../../loyalty/memberships/runs.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { remaining } from '../../loyalty/refunds/remaining.ts';
import type { BasketExplanation, MemberExplanation, SaleExplanation } from '../contract/explain-shapes.ts';
import type { CommitParts } from './commit-sale.ts';
import { someCustomer, type Customer } from './customer.ts';
import { today } from './find-members.ts';
import { giftView } from './gift-view.ts';
import type { PricedSale } from './price-sale.ts';
import { findSale } from './sale-book.ts';
import { summaryOf } from './sale-list.ts';
import { tierExplanation } from './tier-view.ts';
import { termsOfSale, unknownSale } from './undo-sale.ts';
import { badgesIn, walletBalances } from './views.ts';

/** Refuses as a card and a member do. */
export function explainMember(parts: CommitParts, customer: Customer): Result<MemberExplanation, Refusal> {
  const known = someCustomer(parts, customer);
  if (!known.ok) return known;
  const { member, state } = known.value;
  const { terms } = parts.programmes;
  const date = today(parts);
  const programme = terms.on(date);
  const tier = tierExplanation(state, terms, date);
  return ok({
    member,
    businessDate: date,
    wallets: programme === undefined ? [] : walletsOf(parts, state, programme, date),
    tier: tier === null ? null : { ...tier, counted: [...tier.counted] },
    badges: badgesIn(state, programme, date),
    memberships: Object.entries(state.memberships).map(([membership, purchases]) => ({
      membership,
      runs: [...runsOf(purchases)],
      purchases: purchases.map(({ sale, date: bought, units, period }) => ({
        sale,
        receipt: receiptOf(parts, sale),
        date: bought,
        units,
        period,
      })),
    })),
  });
}

function walletsOf(
  parts: CommitParts,
  state: MemberState,
  programme: Programme,
  date: BusinessDate,
): MemberExplanation['wallets'] {
  return walletBalances(state, programme, date).map((balance) => {
    const id = present(
      programme.wallets.find((wallet) => wallet.id === balance.wallet),
      'a wallet of the programme',
    ).id;
    const { lots, below } = state.wallets[id] ?? EMPTY_WALLET;
    return {
      ...balance,
      below,
      lots: lots.filter((lot) => lot.amount > 0).map((lot) => lotView(parts, lot, date)),
    };
  });
}

function lotView(
  parts: CommitParts,
  lot: Lot,
  date: BusinessDate,
): MemberExplanation['wallets'][number]['lots'][number] {
  const { sale, earned, from, end, amount } = lot;
  const pending = from !== null && date < from;
  const state = !isLive(lot, date) ? 'ended' : pending ? 'pending' : 'spendable';
  return { sale, receipt: sale === null ? null : receiptOf(parts, sale), earned, from, end, amount, state };
}

function receiptOf(parts: CommitParts, sale: SaleState['sale']): string | null {
  // A wallet has many lots, and a sale of this till need not be folded for its number.
  return parts.store.projections.sale(sale)?.receipt ?? findSale(parts, sale)?.receipt ?? null;
}

/** Rule by rule, before it is sold; made apart from the quote, which must be there at once. */
export function explainBasket({ known, facts, request }: PricedSale): Result<BasketExplanation, Refusal> {
  const explained = explainRequest(known.programme, facts, request);
  if (!explained.ok) return explained;
  return ok({ level: explained.value.level, rules: [...explained.value.rules] });
}

/** Rule by rule, as it was sold, with what refunds have undone since. Refuses with `unknown-sale`, and where its programme is not here. */
export function explainSale(parts: CommitParts, name: string): Result<SaleExplanation, Refusal> {
  const sale = findSale(parts, name);
  if (sale === undefined) return unknownSale();
  const programme = termsOfSale(parts, sale);
  if (!programme.ok) return programme;
  const { record, returned, member, unclaimed } = sale;
  const explained = explainRecordedSale(programme.value, record, member !== null || unclaimed !== null);
  return ok({
    sale: summaryOf(parts, sale),
    programme: explained.programme,
    level: explained.level,
    rules: [...explained.rules],
    rewards: record.redeemed.map((redemption, index) => ({
      ...redemption,
      lines: [...redemption.lines],
      givenBack: returned.redeemed[index] ?? 0,
    })),
    earned: record.earned.map((earning, index) => ({ ...earning, lost: returned.earned[index] ?? 0 })),
    gifts: sale.gifts.map(giftView),
    lines: linesOf(sale),
  });
}

function linesOf({ record, returned }: SaleState): SaleExplanation['lines'] {
  const left = remaining(record, returned);
  return record.lines.map(({ sku, quantity, unitPrice, list, paid }, line) => ({
    line,
    sku,
    quantity,
    unitPrice,
    list,
    paid,
    returned: returned.lines[line]?.quantity ?? '0',
    moneyBack: returned.lines[line]?.money ?? 0,
    left: left[line]?.quantity ?? quantity,
  }));
}
