/**
 * Before a redemption: what this till may not spend yet is asked of head office, while the customer waits. At the quote as at the commit, so
 * that a commit finds what the quote promised; whatever comes of it, the redemption is judged by what is here then.
 */
import type { CommandId, MemberId, WalletId } from '../../../base/ids.ts';
import { spendableOf } from '../../../ledger/member-state.ts';
import { voucherAccount, walletOfVoucher } from '../../../ledger/vouchers.ts';
import type { Want } from '../../../sync/protocol/allowances.ts';
import type { Caller } from '../context.ts';
import { codeHash } from '../codes.ts';
import { customerOf } from '../customer.ts';
import type { EntryWriter } from '../entry-writer.ts';
import { momentNow } from '../moment.ts';
import { type AskedBasket, priceSale, type PricingParts } from '../price-sale.ts';
import type { VoucherRequest } from '../redeem-voucher.ts';
import type { TransferRequest } from '../transfer-points.ts';
import type { TillContext } from '../context.ts';
import { offlineLeft } from './held-parts.ts';
import { redemptionStop } from './redemption-stop.ts';
import { noteSpending } from './spend-here.ts';

/** Head office, as far as it can be asked while somebody waits. */
export type Office = {
  /** No line is known to be down. */
  isThere(): boolean;
  /** Within a bounded time. `missing` is asked again after each answer. */
  ask(missing: () => readonly Want[]): Promise<void>;
};

export type BringingParts = PricingParts & TillContext & { readonly writer: EntryWriter; readonly office: Office };

type Asked = AskedBasket & { readonly command?: CommandId };

/** Nothing where the sale spends nothing, or was made before. */
export async function bringForSale(parts: BringingParts, basket: Asked, caller: Caller): Promise<void> {
  if (!mightSpend(parts, basket) || isDone(parts, basket.command)) return;
  await bring(parts, () => missingForSale(parts, basket, caller));
}

export async function bringForTransfer(parts: BringingParts, request: TransferRequest): Promise<void> {
  if (isDone(parts, request.command) || !(request.amount > 0)) return;
  await bring(parts, () => {
    const from = parts.members.find(request.from);
    const wallet = request.wallet as WalletId; // looked up in what is held, where one that is none has nothing
    if (from === undefined) return [];
    return missingOf(parts, from.member, new Map([[wallet, request.amount]]));
  });
}

/** Where another till may hold the right to the voucher. */
export async function bringForVoucher(parts: BringingParts, request: VoucherRequest): Promise<void> {
  if (isDone(parts, request.command)) return;
  const account = voucherAccount(codeHash(request.code));
  await bring(parts, () => {
    const state = parts.members.stateOf(account);
    const { date } = momentNow(parts, parts.writer.last()).local;
    const wallet = walletOfVoucher(state);
    if (wallet === undefined || spendableOf(state, wallet, date) < 1) return [];
    return missingOf(parts, account, new Map([[wallet, 1]]));
  });
}

async function bring({ office, stream }: BringingParts, missing: () => readonly Want[]): Promise<void> {
  if (redemptionStop({ stream }) !== undefined || !office.isThere() || missing().length === 0) return;
  await office.ask(missing);
}

function isDone({ store }: BringingParts, command: CommandId | undefined): boolean {
  return command !== undefined && store.commands.find(command) !== undefined;
}

/** Most sales do not, and are not priced twice for it. */
function mightSpend(parts: BringingParts, { member, card, redeem }: Asked): boolean {
  if (member === null && (card ?? null) === null) return false;
  if (redeem.length > 0) return true;
  const { date } = momentNow(parts, parts.writer.last()).local;
  const rewards = parts.programmes.inEffect(date)?.programme.rewards ?? [];
  return rewards.some(({ auto, cost }) => auto && cost !== null);
}

/** What the sale would spend if nothing but the balance stood in its way, less what may be spent here. */
function missingForSale(parts: BringingParts, basket: Asked, caller: Caller): readonly Want[] {
  const { spendHere, totals } = noteSpending();
  priceSale(parts, basket, caller, momentNow(parts, parts.writer.last()), spendHere);
  if (totals.size === 0) return [];
  const customer = customerOf(parts, basket);
  return customer.ok && customer.value !== undefined ? missingOf(parts, customer.value.member, totals) : [];
}

function missingOf(parts: BringingParts, member: MemberId, totals: ReadonlyMap<WalletId, number>): readonly Want[] {
  const left = offlineLeft(parts, member, momentNow(parts, parts.writer.last()).local.date);
  return [...totals].flatMap(([wallet, total]) => {
    const amount = total - left(wallet);
    return amount > 0 ? [{ account: member, wallet, amount }] : [];
  });
}
