/** Commit: the sale that the customer agreed to becomes one entry, with its receipt queued, in one durable transaction. */
import type { CommandId, SaleId } from '../../base/ids.ts';
import { NO_POINTS } from '../../base/numbers.ts';
import { uuidv7 } from '../../base/node/uuid.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { applyEntry, spendableOf } from '../../ledger/member-state.ts';
import type { Basis, SaleBody, SaleEntry, SaleEntryLine } from '../../ledger/entry.ts';
import { memberPostings } from '../../ledger/postings.ts';
import type { Channel } from '../../loyalty/roles.ts';
import { receiptText } from '../store/projections.ts';
import type { Basket, CommittedSale } from '../contract/shapes.ts';
import type { Caller, TillContext } from './context.ts';
import type { AppendEntry, Draft, EntryWriter } from './entry-writer.ts';
import type { KnownMember, MemberBook } from './member-book.ts';
import { momentNow, type Moment } from './moment.ts';
import { printJobView } from './print-queue.ts';
import { priceSale, quoteView, type PricedSale } from './quote-sale.ts';
import { receiptPrefix, saleReceipt } from './receipts.ts';
import { runCommand } from './run-command.ts';

export type CommitParts = TillContext & { readonly writer: EntryWriter; readonly members: MemberBook };

export type CommitRequest = Basket & {
  readonly command: CommandId;
  readonly reference: string | null;
  readonly expectedDue: number | null;
  /** Where it is sold; the shop itself by default. */
  readonly channel?: Channel;
  /** Print here; a POS that prints its own receipt says no. */
  readonly print: boolean;
};

/** Refuses as a quote does, and with `quote-changed` and `command-reused`; a refusal changes nothing. */
export function commitSale(parts: CommitParts, caller: Caller, request: CommitRequest): Result<CommittedSale, Refusal> {
  const moment = momentNow(parts, parts.writer.last());
  const run = runCommand(parts, caller, moment, {
    id: request.command,
    name: 'sale.commit',
    input: { ...request, caller },
    work: (append) => sell(parts, caller, request, moment, append),
  });
  if (!run.ok) return run;
  if (!run.value.repeated) announce(parts, run.value.answer);
  return ok(run.value.answer);
}

function sell(
  parts: CommitParts,
  caller: Caller,
  request: CommitRequest,
  moment: Moment,
  append: AppendEntry,
): Result<CommittedSale, Refusal> {
  const { reference } = request;
  if (reference !== null && parts.store.projections.saleByReference(reference) !== undefined) {
    return refused('invalid-request', `The sale ${reference} was committed before.`, 'reference');
  }
  const priced = priceSale(parts, request, caller, moment);
  if (!priced.ok) return priced;
  const { evaluation } = priced.value;
  if (request.expectedDue !== null && request.expectedDue !== evaluation.totals.due) {
    return refused('quote-changed', 'The total is no longer what was shown. Look at the new total, then confirm.');
  }
  const entry = append(saleDraft(parts, priced.value, request.reference));
  cacheMember(parts, priced.value.member, entry);
  return ok(committed(parts, priced.value, request, entry));
}

function saleDraft(parts: CommitParts, sale: PricedSale, reference: string | null): Draft<'sale'> {
  const { member, evaluation, known } = sale;
  const receipt = receiptText(receiptPrefix(parts.stream()), parts.store.projections.lastReceiptNumber() + 1);
  return {
    kind: 'sale',
    member: member?.member ?? null,
    postings:
      member === undefined
        ? []
        : [
            ...memberPostings(member.member, evaluation.spent, -1, 'redeemed'),
            ...memberPostings(member.member, evaluation.earned, 1, 'issued'),
          ],
    prog: known.hash,
    receipt,
    refs: [],
    basis: member === undefined ? null : basisOf(parts, member, sale),
    body: saleBody(sale, reference, uuidv7(parts.clock.wall()) as SaleId), // the single place where a sale gets its id
  };
}

function saleBody({ request, evaluation, channel }: PricedSale, reference: string | null, sale: SaleId): SaleBody {
  const { totals, rewards, rules } = evaluation;
  return {
    sale,
    reference,
    channel,
    minute: request.local.minuteOfDay,
    lines: request.lines.map((line, index): SaleEntryLine => {
      const { list, paid } = evaluation.lines[index] ?? { list: totals.list, paid: totals.due };
      const { sku, category, tags, quantity, unitPrice, taxRate } = line;
      return {
        sku,
        category: category ?? null,
        tags,
        quantity,
        unitPrice: unitPrice as SaleEntryLine['unitPrice'], // the schema of the request made sure
        taxRate: taxRate ?? null,
        list,
        paid,
      };
    }),
    redeemed: rewards.map(({ reward, cost, discount, lines }) => ({
      reward,
      wallet: cost?.wallet ?? null,
      cost: cost?.amount ?? NO_POINTS,
      discount,
      lines: lines.map((line) => ({ ...line, discount: line.discount as SaleBody['discount'] })), // minor units, as evaluated
    })),
    earned: rules.filter(({ amount }) => amount > 0).map(({ rule, wallet, amount }) => ({ rule, wallet, amount })),
    list: totals.list,
    discount: totals.discount,
    due: totals.due,
  };
}

function basisOf({ store }: CommitParts, member: KnownMember, { known }: PricedSale): Basis {
  const { epoch, position } = store.members.cursor();
  const spendable = known.programme.wallets.map(({ id }) => [id, spendableOf(member.state, id)] as const);
  return { epoch, version: member.version, position, spendable: Object.fromEntries(spendable) };
}

/** Inside the transaction of the entry: the state that it leads to. */
export function cacheMember(
  { store }: CommitParts,
  member: KnownMember | undefined,
  entry: Parameters<typeof applyEntry>[1],
): void {
  if (member === undefined) return;
  const state = applyEntry(member.state, entry, member.member);
  store.memberCache.put({ member: member.member, row: member.row, inc: entry.inc, seq: entry.seq, state });
}

function committed(parts: CommitParts, sale: PricedSale, request: CommitRequest, entry: SaleEntry): CommittedSale {
  const quote = quoteView(sale);
  const receipt = saleReceipt(parts, sale, request, entry, quote);
  const job = parts.prints.enqueue({ sale: entry.body.sale, receipt, copy: false, print: request.print });
  const { rewards: _choices, ...promised } = quote;
  return {
    ...promised,
    sale: entry.body.sale,
    receipt: entry.receipt ?? '',
    reference: entry.body.reference,
    at: entry.wall,
    businessDate: entry.bd,
    member: entry.member,
    printJob: request.print ? printJobView(job, entry.receipt) : null,
  };
}

/** After the transaction: what is on disk may be told. */
function announce(parts: CommitParts, sale: CommittedSale): void {
  parts.entryWritten();
  parts.prints.wake();
  parts.events.emit('sale', {
    sale: sale.sale,
    receipt: sale.receipt,
    reference: sale.reference,
    at: sale.at,
    businessDate: sale.businessDate,
    member: sale.member,
    memberName: sale.member === null ? null : (parts.members.find(sale.member)?.profile.displayName ?? null),
    due: sale.due,
    discount: sale.discount,
    earned: sale.earned,
    spent: sale.spent,
    voided: false,
    synced: false,
  });
}
