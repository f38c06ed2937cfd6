/** A transfer: points move from one member to another with their lots' ends and earned dates (fine print 33). */
import type { CommandId, MemberId, WalletId } from '../../base/ids.ts';
import type { BusinessDate } from '../../base/business-date.ts';
import { points } from '../../base/numbers.ts';
import { failed, ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { RULES } from '../../ledger/allowances/rules.ts';
import { sentIn, spendableOf } from '../../ledger/member-state.ts';
import { EMPTY_WALLET, spend } from '../../ledger/wallet-state.ts';
import { transferLeft } from '../../loyalty/limits/limits.ts';
import { refusal } from '../../loyalty/refusals.ts';
import type { MemberView } from '../contract/shapes.ts';
import { transferAllowances } from './allowances/entry-allowances.ts';
import { offlineLeft } from './allowances/held-parts.ts';
import { redemptionStop } from './allowances/redemption-stop.ts';
import { basisOf } from './basis.ts';
import type { CommitParts } from './commit-sale.ts';
import type { Caller } from './context.ts';
import type { KnownMember } from './member-book.ts';
import { runOnMember } from './member-command.ts';
import type { Moment } from './moment.ts';
import { noProgramme } from './price-sale.ts';
import type { KnownProgramme } from './programme-book.ts';
import { recordEntry } from './record-entry.ts';

export type TransferRequest = {
  readonly command: CommandId;
  readonly from: MemberId;
  readonly to: MemberId;
  readonly wallet: string;
  readonly amount: number;
};

type Transfer = {
  readonly from: KnownMember;
  readonly to: KnownMember;
  readonly known: KnownProgramme;
  readonly wallet: WalletId;
};

/**
 * Answers the giver. Refuses with `unknown-member` and `member-blocked` (the giver, then the receiver), `invalid-request` (the same
 * member, no amount), `limit-reached`, `insufficient-balance` and `offline-limit`, in this order. Nothing is sent beyond an allowance.
 */
export function transferPoints(
  parts: CommitParts,
  caller: Caller,
  request: TransferRequest,
): Result<MemberView, Refusal> {
  return runOnMember(parts, caller, {
    id: request.command,
    name: 'member.transfer',
    input: request,
    others: [request.to],
    prepare: (moment) => transferOf(parts, request, moment),
    work: ({ from, to, known, wallet }, append, { local: { date } }) => {
      const amount = points(request.amount);
      const { parts: lots } = spend(from.state.wallets[wallet] ?? EMPTY_WALLET, amount, date);
      const allowances = transferAllowances(parts, { from, to, wallet, lots, date });
      recordEntry(parts, append, {
        kind: 'transfer',
        member: from.member,
        prog: known.hash,
        receipt: null,
        refs: [],
        basis: basisOf(parts, from, known.programme, date),
        allowances,
        body: {
          to: to.member,
          wallet,
          amount,
          lots: lots.map(({ earned, end, amount: units }) => ({ earned, end, amount: units })),
        },
      });
      return from.member;
    },
  });
}

function transferOf(
  parts: CommitParts,
  request: TransferRequest,
  { local: { date } }: Moment,
): Result<Transfer, Refusal> {
  const from = parts.members.trading(request.from);
  if (!from.ok) return from;
  const to = parts.members.trading(request.to);
  if (!to.ok) return to;
  const known = parts.programmes.inEffect(date);
  if (known === undefined) return refused('invalid-request', noProgramme(parts));
  const wallet = known.programme.wallets.find(({ id }) => id === request.wallet)?.id;
  if (wallet === undefined) return refused('invalid-request', 'The programme has no such wallet.', 'wallet');
  if (from.value.member === to.value.member) {
    return refused('invalid-request', 'A transfer needs two different members.', 'to');
  }
  const { amount } = request;
  if (!Number.isSafeInteger(amount) || amount <= 0) {
    return refused('invalid-request', 'A transfer is a whole number of units above 0.', 'amount');
  }
  const left = transferLeft(known.programme.limits, sentIn(from.value.state, wallet, date));
  if (left !== null && amount > left) {
    return refused('limit-reached', `This member may send ${left} more this month.`, 'amount');
  }
  if (spendableOf(from.value.state, wallet, date) < amount) {
    return refused('insufficient-balance', 'The balance does not cover this.', 'amount');
  }
  const refusedHere = refuseTransferHere(parts, from.value, { wallet, amount, date });
  if (refusedHere !== undefined) return failed(refusedHere);
  return ok({ from: from.value, to: to.value, known, wallet });
}

function refuseTransferHere(
  parts: CommitParts,
  { member }: KnownMember,
  { wallet, amount, date }: { readonly wallet: WalletId; readonly amount: number; readonly date: BusinessDate },
): Refusal<'offline-limit'> | undefined {
  if (!RULES.E1 || amount <= offlineLeft(parts, member, date)(wallet)) return undefined;
  return redemptionStop(parts) ?? refusal('offline-limit', undefined, 'amount');
}
