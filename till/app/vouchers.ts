import { present } from '../../base/assert.ts';
import type { IssuedVoucher } from '../../ledger/bodies/sale.ts';
import type { CommittedSale } from '../contract/shapes.ts';
import { codeHash, newCode } from './codes.ts';
import type { PricedSale } from './price-sale.ts';
import { rewardName } from './views.ts';

/** The book has the code's hash; only the receipt and the answer have the code. */
export type NewVoucher = { readonly issued: IssuedVoucher; readonly view: CommittedSale['vouchers'][number] };

/** One for each reward of the sale that is had with a one-time code. */
export function newVouchers({ evaluation, known }: PricedSale): NewVoucher[] {
  return evaluation.rewards.flatMap(({ reward, voucher }, redemption): NewVoucher[] => {
    if (voucher === undefined) return [];
    const code = newCode();
    const named = present(
      known.programme.rewards.find(({ id }) => id === reward),
      `reward ${reward} was applied`,
    );
    const { validBefore } = voucher;
    return [
      {
        issued: { redemption, code: codeHash(code), end: validBefore },
        view: { reward, name: rewardName(named), code, validBefore },
      },
    ];
  });
}
