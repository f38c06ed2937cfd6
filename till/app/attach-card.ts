/** A card that comes after the sale: on the same business date the member earns what the sale would have earned (fine print 39). */
import { entriesOf } from '../../base/records.ts';
import type { CommandId } from '../../base/ids.ts';
import { minor, points } from '../../base/numbers.ts';
import { failed, ok, refused, type Refusal, type Result } from '../../base/result.ts';
import type { AttachBody } from '../../ledger/bodies/after-sale.ts';
import { balanceOf } from '../../ledger/member-state.ts';
import type { SaleState } from '../../ledger/sale-state.ts';
import { earnForAttached } from '../../loyalty/earning/earn-for.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { isAllReturned, remaining } from '../../loyalty/refunds/remaining.ts';
import { earningLines } from '../../loyalty/refunds/take-back.ts';
import type { RecordedLine } from '../../loyalty/sale/record.ts';
import { sumByWallet } from '../../loyalty/wallet-amounts.ts';
import type { AttachedSale } from '../contract/shapes.ts';
import { attachAllowances } from './allowances/entry-allowances.ts';
import { basisOf } from './basis.ts';
import type { CommitParts } from './commit-sale.ts';
import type { Caller } from './context.ts';
import { someCustomer, type Customer } from './customer.ts';
import type { AppendEntry } from './entry-writer.ts';
import { giftView } from './gift-view.ts';
import type { KnownMember } from './member-book.ts';
import { memberFacts } from './member-facts.ts';
import type { Moment } from './moment.ts';
import { recordEntry } from './record-entry.ts';
import { runPrepared } from './run-command.ts';
import { giftsOf } from './sale-gifts.ts';
import { levelView } from './tier-view.ts';
import { announceSale, isBeforeSale, saleAndMoment, termsOfSale, unknownSale } from './undo-sale.ts';
import { walletBalances } from './views.ts';

export type AttachRequest = Customer & { readonly command: CommandId; readonly sale: string };

/**
 * Refuses with `unknown-sale`, what a card and a member refuse, `invalid-request` (a sale with a member), `wrong-date` and
 * `already-refunded` (nothing is left), in this order.
 */
export function attachCard(parts: CommitParts, caller: Caller, request: AttachRequest): Result<AttachedSale, Refusal> {
  const { sale, moment } = saleAndMoment(parts, request.sale);
  const run = runPrepared(parts, caller, moment, {
    id: request.command,
    name: 'sale.attach',
    input: { ...request, caller },
    prepare: () => attachmentOf(parts, sale, request, moment),
    work: (attachment, append) => ok(attach(parts, attachment, append)),
  });
  if (!run.ok) return run;
  const { answer, repeated } = run.value;
  if (!repeated) announceSale(parts, answer.sale, answer.member);
  return ok(answer);
}

type Attachment = {
  readonly sale: SaleState;
  readonly member: KnownMember;
  readonly programme: Programme;
  readonly body: AttachBody;
  readonly moment: Moment;
};

function attachmentOf(
  parts: CommitParts,
  sale: SaleState | undefined,
  request: AttachRequest,
  moment: Moment,
): Result<Attachment, Refusal> {
  if (sale === undefined) return unknownSale();
  const customer = someCustomer(parts, request);
  if (!customer.ok) return customer;
  if (sale.member !== null) return refused('invalid-request', 'This sale has a member already.', 'sale');
  if (sale.record.date !== moment.local.date || isBeforeSale(moment, sale)) {
    return refused('wrong-date', 'A card can be added on the business date of the sale only.');
  }
  if (isAllReturned(sale.record, sale.returned)) {
    return refused('already-refunded', 'All of this sale has come back, so it earns nothing.');
  }
  const programme = termsOfSale(parts, sale);
  if (!programme.ok) return programme;
  const member = customer.value;
  const body = attachBody(parts, sale, member, programme.value);
  if (!body.ok) return failed(body.error);
  return ok({ sale, member, programme: programme.value, body: body.value, moment });
}

/** Evaluated as that member's, at the sale's own time, with the member as they are now. */
function attachBody(
  parts: CommitParts,
  sale: SaleState,
  member: KnownMember,
  programme: Programme,
): Result<AttachBody, Refusal> {
  const { record, returned } = sale;
  const facts = memberFacts(member, programme, parts.programmes.terms, record.date);
  const earned = earnForAttached(programme, facts, record, earningLines(record, returned));
  if (!earned.ok) return failed(earned.error);
  const lines = linesLeft(sale);
  const due = minor(lines.reduce((sum, { paid }) => sum + paid, 0));
  return ok({
    sale: sale.sale,
    lines,
    store: record.store,
    channel: record.channel,
    minute: record.minute,
    due,
    earned: earned.value.rules
      .filter(({ amount }) => amount > 0)
      .map(({ rule, wallet, amount }) => ({ rule, wallet, amount })),
    context: earned.value.context,
    gifts: giftsOf(parts, programme, member, { date: record.date, store: record.store, lines, due }),
    dropped: droppedBy(parts, sale),
  });
}

/** One for each line of the sale, so that a later refund finds it at its place; "0" where all came back. */
function linesLeft({ record, returned }: SaleState): readonly RecordedLine[] {
  const left = remaining(record, returned);
  return record.lines.map((line, index) => {
    const { quantity = line.quantity, list = line.list, paid = line.paid } = left[index] ?? {};
    return { ...line, quantity, list, paid };
  });
}

function droppedBy({ members }: CommitParts, { unclaimed, record }: SaleState): AttachBody['dropped'] {
  if (unclaimed === null) return null;
  const { account } = unclaimed;
  const state = members.stateOf(account);
  const amounts = entriesOf(state.wallets).flatMap(([wallet]) => {
    const amount = points(Math.max(0, balanceOf(state, wallet, record.date)));
    return amount === 0 ? [] : [{ wallet, amount }];
  });
  return { account, amounts };
}

function attach(parts: CommitParts, attachment: Attachment, append: AppendEntry): AttachedSale {
  const { sale, member, programme, body, moment } = attachment;
  const { date } = moment.local;
  const { stateAfter } = recordEntry(parts, append, {
    kind: 'attach',
    member: member.member,
    prog: sale.prog,
    receipt: sale.receipt,
    refs: [{ inc: sale.inc, seq: sale.seq }],
    basis: basisOf(parts, member, programme, date),
    allowances: attachAllowances(parts, body),
    body,
  });
  const after = stateAfter(member.member);
  return {
    sale: sale.sale,
    member: member.member,
    businessDate: date,
    earned: [...sumByWallet(body.earned)],
    gifts: body.gifts.map(giftView),
    balances: walletBalances(after, programme, date),
    tierAfter: levelView(after, parts.programmes.terms, date),
  };
}
