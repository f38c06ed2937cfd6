/** An adjustment: an operator gives or takes points for a reason, as far as their role allows (fine print 32). */
import type { CommandId, WalletId } from '../../base/ids.ts';
import { points } from '../../base/numbers.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { spendableOf } from '../../ledger/member-state.ts';
import { mayAdjust } from '../../loyalty/limits/limits.ts';
import type { MemberView } from '../contract/shapes.ts';
import { adjustAllowances } from './allowances/entry-allowances.ts';
import { basisOf } from './basis.ts';
import type { CommitParts } from './commit-sale.ts';
import type { Caller } from './context.ts';
import { someCustomer, type Customer } from './customer.ts';
import type { KnownMember } from './member-book.ts';
import { runOnMember } from './member-command.ts';
import type { Moment } from './moment.ts';
import { noProgramme } from './price-sale.ts';
import type { KnownProgramme } from './programme-book.ts';
import { recordEntry } from './record-entry.ts';

export type AdjustRequest = Customer & {
  readonly command: CommandId;
  readonly wallet: string;
  /** Signed whole units. */
  readonly amount: number;
  readonly reason: string;
};

type Adjustment = {
  readonly member: KnownMember;
  readonly known: KnownProgramme;
  readonly wallet: WalletId;
};

/** Refuses as a card and a member do, then with `invalid-request`, `role-required` and `insufficient-balance`, in this order. */
export function adjustBalance(parts: CommitParts, caller: Caller, request: AdjustRequest): Result<MemberView, Refusal> {
  return runOnMember(parts, caller, {
    id: request.command,
    name: 'member.adjust',
    input: request,
    prepare: (moment) => adjustmentOf(parts, caller, request, moment),
    work: ({ member, known, wallet }, append, { local: { date } }) => {
      recordEntry(parts, append, {
        kind: 'adjust',
        member: member.member,
        prog: known.hash,
        receipt: null,
        refs: [],
        basis: basisOf(parts, member, known.programme, date),
        allowances: adjustAllowances(parts, member.member, { wallet, amount: request.amount }),
        body: { wallet, amount: points(request.amount), reason: request.reason.trim() },
      });
      return member.member;
    },
  });
}

function adjustmentOf(
  parts: CommitParts,
  { actor }: Caller,
  request: AdjustRequest,
  { local: { date } }: Moment,
): Result<Adjustment, Refusal> {
  const customer = someCustomer(parts, request);
  if (!customer.ok) return customer;
  const member = customer.value;
  const known = parts.programmes.inEffect(date);
  if (known === undefined) return refused('invalid-request', noProgramme(parts));
  const { wallets, limits } = known.programme;
  const wallet = wallets.find(({ id }) => id === request.wallet)?.id;
  if (wallet === undefined) return refused('invalid-request', 'The programme has no such wallet.', 'wallet');
  const { amount, reason } = request;
  if (!Number.isSafeInteger(amount) || amount === 0 || Math.abs(amount) > ADJUSTMENT_MAX) {
    return refused('invalid-request', 'An adjustment is a whole number of units, and not 0.', 'amount');
  }
  if (reason.trim() === '') return refused('invalid-request', 'An adjustment needs a reason.', 'reason');
  if (!mayAdjust(limits, actor.role, amount)) {
    return refused('role-required', 'Your role does not allow an adjustment of this size.');
  }
  if (amount < 0 && spendableOf(member.state, wallet, date) < -amount) {
    return refused('insufficient-balance', 'The balance does not cover this.', 'amount');
  }
  return ok({ member, known, wallet });
}

/** As much as one sale can cost; beyond it nobody means it. */
const ADJUSTMENT_MAX = 1_000_000_000_000;
