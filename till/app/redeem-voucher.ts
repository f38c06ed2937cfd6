/** A voucher comes back: its account is spent, once, by the till that holds the right to it (ledger/vouchers.ts). */
import { coverSpend } from '../../ledger/allowances/spend.ts';
import type { BusinessDate } from '../../base/business-date.ts';
import type { CommandId, HashHex, MemberId, RewardId, WalletId } from '../../base/ids.ts';
import { points } from '../../base/numbers.ts';
import { failed, ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { spendableOf } from '../../ledger/member-state.ts';
import { voucherAccount, walletOfVoucher } from '../../ledger/vouchers.ts';
import { refusal } from '../../loyalty/refusals.ts';
import type { RedeemedVoucher } from '../contract/shapes.ts';
import { heldBy, offlineLeft } from './allowances/held-parts.ts';
import { redemptionStop } from './allowances/redemption-stop.ts';
import { codeHash } from './codes.ts';
import type { CommitParts } from './commit-sale.ts';
import type { Caller } from './context.ts';
import { momentNow } from './moment.ts';
import { recordEntry } from './record-entry.ts';
import { runPrepared } from './run-command.ts';
import { rewardName } from './views.ts';

export type VoucherRequest = {
  readonly command: CommandId;
  /** As it was typed or scanned from the receipt. */
  readonly code: string;
  /** The POS's own name of what it is given for. */
  readonly reference?: string | null | undefined;
};

/**
 * Refuses with `invalid-request` (no voucher that is known here), `limit-reached` (it was brought back before, or its sale was), `wrong-date` (it has ended)
 * and `offline-limit` (another till may have taken it), in this order.
 */
export function redeemVoucher(
  parts: CommitParts,
  caller: Caller,
  request: VoucherRequest,
): Result<RedeemedVoucher, Refusal> {
  const moment = momentNow(parts, parts.writer.last());
  const { date } = moment.local;
  const code = codeHash(request.code);
  const { reference = null } = request;
  const run = runPrepared(parts, caller, moment, {
    id: request.command,
    name: 'voucher.redeem',
    input: { ...request, code, caller },
    prepare: () => voucherOf(parts, code, date),
    work: ({ account, wallet, reward }, append) => {
      const held = heldBy(parts, account).filter((part) => part.wallet === wallet);
      recordEntry(parts, append, {
        kind: 'voucher',
        member: account,
        prog: parts.programmes.inEffect(date)?.hash ?? null,
        receipt: null,
        refs: [],
        basis: null,
        allowances: { spent: coverSpend(held, points(1), date).parts },
        body: { code, reward, reference },
      });
      return ok({ reward, name: nameOf(parts, reward, date), businessDate: date });
    },
  });
  if (!run.ok) return run;
  if (!run.value.repeated) parts.entryWritten();
  return ok(run.value.answer);
}

type Voucher = { readonly account: MemberId; readonly wallet: WalletId; readonly reward: RewardId };

function voucherOf(parts: CommitParts, code: HashHex, date: BusinessDate): Result<Voucher, Refusal> {
  const account = voucherAccount(code);
  const state = parts.members.stateOf(account);
  const wallet = walletOfVoucher(state);
  if (wallet === undefined)
    return refused('invalid-request', 'This voucher is not known here. Check its code, or connect this till.', 'code');
  if (spendableOf(state, wallet, date) < 1) {
    const ended = state.wallets[wallet]?.lots.find(({ amount, end }) => amount > 0 && end !== null && end <= date);
    return ended === undefined
      ? refused('limit-reached', 'This voucher has been used, or its sale came back.', 'code')
      : refused('wrong-date', `This voucher was good until the day before ${ended.end}.`, 'code');
  }
  const stopped = redemptionStop(parts);
  if (stopped !== undefined) return failed(stopped);
  if (offlineLeft(parts, account, date)(wallet) < 1)
    return failed(
      refusal('offline-limit', 'Another till may have taken this voucher. Connect this till, then try again.'),
    );
  return ok({ account, wallet, reward: wallet as string as RewardId }); // wallets of vouchers are named after their rewards
}

/** A reward that the programme no longer has is still owed. */
function nameOf({ programmes }: CommitParts, reward: RewardId, date: BusinessDate): string {
  const known = programmes.inEffect(date)?.programme.rewards.find(({ id }) => id === reward);
  return known === undefined ? reward : rewardName(known);
}
