/** Vouchers: issued with a sale, brought back once, taken out again where their sale comes back whole. */
import type { BusinessDate } from '../../base/business-date.ts';
import type { HashHex } from '../../base/ids.ts';
import { entriesOf } from '../../base/records.ts';
import { points } from '../../base/numbers.ts';
import type { EntryOf } from '../entry.ts';
import { credit, spend, spendableIn } from '../wallet-state.ts';
import { issuedParts, voucherAccount, voucherWallet } from '../vouchers.ts';
import type { Accounts } from './accounts.ts';
import { heldIn, setWallet } from './wallets.ts';

/** What it was issued for stays known once it is spent. */
export function issueVouchers(accounts: Accounts, { bd: date, body }: EntryOf<'sale'>): void {
  for (const { account, wallet, end, amount } of issuedParts(body)) {
    const draft = accounts.draft(account);
    const lot = { sale: null, earned: date, from: null, end, amount };
    setWallet(draft, wallet, credit(heldIn(draft, wallet), lot), date);
    draft.lifetime[wallet] = amount;
  }
}

/** One that was brought back twice is below zero, and so seen. */
export function applyVoucher(accounts: Accounts, { member, bd: date, body }: EntryOf<'voucher'>): void {
  if (member === null) return;
  const draft = accounts.draft(member);
  const wallet = voucherWallet(body.reward);
  setWallet(draft, wallet, spend(heldIn(draft, wallet), points(1), date).state, date);
}

/** What was brought back before is had; the rest is worth nothing any more. */
export function withdrawVouchers(accounts: Accounts, codes: readonly HashHex[], date: BusinessDate): void {
  for (const code of codes) {
    const draft = accounts.draft(voucherAccount(code));
    for (const [wallet, held] of entriesOf(draft.wallets))
      setWallet(draft, wallet, spend(held, spendableIn(held, date), date).state, date);
  }
}
