/**
 * E7: what a till may spend of its own sale's earnings at once. Only earnings that the fold credits whatever it learns later: no gift, and no
 * rule of first sales, which another till may have given too; nothing of a wallet with pending; and what repays a balance below zero is gone.
 */
import { addDuration, type BusinessDate, type DateDuration } from '../../base/business-date.ts';
import type { MemberId, WalletId } from '../../base/ids.ts';
import { points, type Points } from '../../base/numbers.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import type { RecordedEarning } from '../../loyalty/sale/record.ts';
import { sumByWallet, type WalletAmount } from '../../loyalty/wallet-amounts.ts';
import { endOfLot, spendableFrom } from '../../loyalty/wallets/ends.ts';
import type { MemberState } from '../member-state.ts';
import type { AllowancePart } from './part.ts';
import { RULES } from './rules.ts';

export type Earner = {
  readonly account: MemberId;
  /** As the till shows it, before the earnings and after what the same sale spends. */
  readonly state: Pick<MemberState, 'wallets'>;
  readonly programme: Programme;
  readonly date: BusinessDate;
};

export function ownOfEarnings(
  { account, state, programme, date }: Earner,
  earned: readonly RecordedEarning[],
): readonly AllowancePart[] {
  const sure = earned.filter(({ rule }) => !isOfFirstSales(programme, rule));
  return sumByWallet(RULES.E7 ? sure : earned).flatMap(({ wallet, amount }) => {
    const terms = programme.wallets.find(({ id }) => id === wallet);
    if (terms === undefined) return [];
    if (RULES.E7 && spendableFrom(terms, date) > date) return [];
    const below = RULES.E7 ? (state.wallets[wallet]?.below ?? 0) : 0;
    const left = amount - below;
    return left > 0 ? [{ account, wallet, end: endOfLot(terms, date), amount: points(left) }] : [];
  });
}

function isOfFirstSales({ earn }: Programme, rule: RecordedEarning['rule']): boolean {
  return earn.find(({ id }) => id === rule)?.when?.firstSale === true;
}

const ONE_DAY = 'P1D' as DateDuration; // in its form

/**
 * What a void of the till's own redemption, on its own business date, lets it spend again. Until that date is over, and no longer: which lots
 * it went back to is for head office's fold to say, and each of them lasts at least as long.
 */
export function ownOfVoid(
  { account, state, date }: Omit<Earner, 'programme'>,
  returned: readonly WalletAmount[],
): readonly AllowancePart[] {
  const end = addDuration(date, ONE_DAY);
  return sumByWallet(returned).flatMap(({ wallet, amount }) => {
    const left: Points = points(Math.max(0, amount - (state.wallets[wallet]?.below ?? 0)));
    return left > 0 ? [{ account, wallet, end, amount: left }] : [];
  });
}

/** What a transfer brings, by lot with the lot's own end, less what repays a balance below zero. The giver's parts stand behind it. */
export function ownOfTransfer(
  { account, state }: Pick<Earner, 'account' | 'state'>,
  wallet: WalletId,
  lots: readonly { readonly end: BusinessDate | null; readonly amount: number }[],
): readonly AllowancePart[] {
  let below: number = state.wallets[wallet]?.below ?? 0;
  return lots.flatMap(({ end, amount }) => {
    const repays = Math.min(below, amount);
    below -= repays;
    return amount > repays ? [{ account, wallet, end, amount: points(amount - repays) }] : [];
  });
}
