/** The customer brings the claim code of a receipt: what its sale earned becomes theirs, level included (fine print 38, 39). */
import type { CommandId } from '../../base/ids.ts';
import { present } from '../../base/assert.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import type { SaleState } from '../../ledger/sale-state.ts';
import { isAllReturned } from '../../loyalty/refunds/remaining.ts';
import type { MemberView } from '../contract/shapes.ts';
import { offlineLeft } from './allowances/held-parts.ts';
import { codeHash } from './codes.ts';
import type { CommitParts } from './commit-sale.ts';
import type { Caller } from './context.ts';
import { someCustomer, type Customer } from './customer.ts';
import type { KnownMember } from './member-book.ts';
import { momentNow, type Moment } from './moment.ts';
import { recordEntry } from './record-entry.ts';
import { runPrepared } from './run-command.ts';
import { findClaimedSale, findSale } from './sale-book.ts';
import { announceSale, beforeSale, isBeforeSale, unknownSale } from './undo-sale.ts';
import { memberView } from './views.ts';

export type ClaimRequest = Customer & {
  readonly command: CommandId;
  /** As it was typed from the receipt. */
  readonly code: string;
  /** The sale, where the caller knows it too. */
  readonly sale?: string | null | undefined;
};

/**
 * Refuses with `unknown-sale` (or code), what a card and a member refuse, `invalid-request` (nothing to claim, or claimed before),
 * `wrong-date` (before the sale) and `already-refunded`, in this order.
 */
export function claimSale(parts: CommitParts, caller: Caller, request: ClaimRequest): Result<MemberView, Refusal> {
  const named = request.sale ?? null;
  const code = codeHash(request.code);
  const sale = named === null ? findClaimedSale(parts, code) : findSale(parts, named);
  const moment = momentNow(parts, parts.writer.last(), sale?.hlc);
  const run = runPrepared(parts, caller, moment, {
    id: request.command,
    name: 'sale.claim',
    input: { ...request, code, caller },
    prepare: () => claimOf(parts, sale, request, moment),
    work: ({ member, of, account }, append) => {
      recordEntry(parts, append, {
        kind: 'claim',
        member: member.member,
        prog: parts.programmes.inEffect(moment.local.date)?.hash ?? null,
        receipt: of.receipt,
        refs: [{ inc: of.inc, seq: of.seq }],
        basis: null,
        body: { sale: of.sale, account },
      });
      return ok({ member: member.member, sale: of.sale });
    },
  });
  if (!run.ok) return run;
  const { answer, repeated } = run.value;
  if (!repeated) announceSale(parts, answer.sale, answer.member);
  const known = present(parts.members.find(answer.member), 'who claims is known');
  const { date } = moment.local;
  return ok(memberView(known, parts.programmes.terms, date, offlineLeft(parts, known.member, date)));
}

type Claim = {
  readonly of: SaleState;
  readonly member: KnownMember;
  readonly account: NonNullable<SaleState['unclaimed']>['account'];
};

function claimOf(
  parts: CommitParts,
  of: SaleState | undefined,
  request: ClaimRequest,
  moment: Moment,
): Result<Claim, Refusal> {
  if (of === undefined) return unknownSale();
  const customer = someCustomer(parts, request);
  if (!customer.ok) return customer;
  const { unclaimed } = of;
  if (unclaimed === null) return refused('invalid-request', 'There is nothing to claim on this receipt.', 'code');
  if (unclaimed.code !== codeHash(request.code)) {
    return refused('invalid-request', 'This is not the code of that receipt.', 'code');
  }
  if (isBeforeSale(moment, of)) return beforeSale();
  if (isAllReturned(of.record, of.returned)) {
    return refused('already-refunded', 'All of this sale has come back, so there is nothing to claim.');
  }
  return ok({ of, member: customer.value, account: unclaimed.account });
}
