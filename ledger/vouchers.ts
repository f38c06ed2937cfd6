/**
 * A voucher that a reward printed is an account of its own, named after its code's hash, with one unit in a wallet named after the reward. So it is
 * spent as points are: by the till that holds the right to it, once. It posts nothing: what it stands for was paid with the reward's cost.
 */
import type { HashHex, MemberId, WalletId } from '../base/ids.ts';
import { points } from '../base/numbers.ts';
import { entriesOf } from '../base/records.ts';
import type { AllowancePart } from './allowances/part.ts';
import type { SaleBody } from './bodies/sale.ts';
import type { MemberState } from './member-state.ts';

const PREFIX = 'voucher:';

export function voucherAccount(code: HashHex): MemberId {
  return `${PREFIX}${code}` as MemberId; // an account, and no person's
}

export function isVoucherAccount(account: string): boolean {
  return account.startsWith(PREFIX);
}

/** What a sale's vouchers are when they are issued: the till that printed them may take them back in at once. */
export function issuedParts({ vouchers, redeemed }: Pick<SaleBody, 'vouchers' | 'redeemed'>): readonly AllowancePart[] {
  return vouchers.flatMap(({ redemption, code, end }) => {
    const reward = redeemed[redemption]?.reward;
    if (reward === undefined) return [];
    return [{ account: voucherAccount(code), wallet: voucherWallet(reward), end, amount: points(1) }];
  });
}

/** Of a voucher's account; undefined where none was issued, as far as is known. */
export function walletOfVoucher({ lifetime }: Pick<MemberState, 'lifetime'>): WalletId | undefined {
  return entriesOf(lifetime)[0]?.[0];
}

export function voucherWallet(reward: string): WalletId {
  return reward as WalletId; // of voucher accounts only
}
