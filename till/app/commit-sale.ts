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
import { priceSale, promiseView, type PricedSale } from './quote-sale.ts';
import { receiptPrefix, saleReceipt } from './receipts.ts';
import { runPrepared } from './run-command.ts';

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
  return recordSale(parts, caller, request, moment, () => {
    const free = freeReference(parts, request.reference);
    return free.ok ? priceSale(parts, request, caller, moment) : free;
  });
}

/** Writes a sale that was evaluated, unless the command has been carried out before; then it is not even priced. */
export function recordSale(
  parts: CommitParts,
  caller: Caller,
  request: CommitRequest,
  moment: Moment,
  price: () => Result<PricedSale, Refusal>,
): Result<CommittedSale, Refusal> {
  let memberName: string | null = null;
  const run = runPrepared(parts, caller, moment, {
    id: request.command,
    name: 'sale.commit',
    input: { ...request, caller },
    prepare: price,
    work: (priced, append) => {
      memberName = priced.member?.profile.displayName ?? null;
      return sell(parts, priced, request, append);
    },
    saleOf: ({ sale }) => sale,
  });
  if (!run.ok) return run;
  if (!run.value.repeated) announce(parts, run.value.answer, memberName);
  return ok(run.value.answer);
}

function sell(
  parts: CommitParts,
  sale: PricedSale,
  request: CommitRequest,
  append: AppendEntry,
): Result<CommittedSale, Refusal> {
  const { due } = sale.evaluation.totals;
  if (request.expectedDue !== null && request.expectedDue !== due) {
    return refused('quote-changed', 'The total is no longer what was shown. Look at the new total, then confirm.');
  }
  const entry = append(saleDraft(parts, sale, request.reference));
  cacheMember(parts, sale.member, entry);
  return ok(committed(parts, sale, request, entry));
}

/** Refuses a reference that another sale of this till has. */
function freeReference({ store }: CommitParts, reference: string | null): Result<void, Refusal> {
  if (reference === null || store.projections.saleByReference(reference) === undefined) return ok(undefined);
  return refused('invalid-request', `The sale ${reference} was committed before.`, 'reference');
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
  const { epoch, position } = store.members.lastCursor();
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
  const promised = promiseView(sale);
  const receipt = saleReceipt(parts, sale, request, entry, promised);
  const job = parts.prints.enqueue({ sale: entry.body.sale, receipt, copy: false, print: request.print });
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
function announce(parts: CommitParts, sale: CommittedSale, memberName: string | null): void {
  parts.entryWritten();
  if (sale.printJob !== null) parts.prints.wake();
  if (sale.member !== null) parts.events.emit('member', { member: sale.member });
  parts.events.emit('sale', {
    sale: sale.sale,
    receipt: sale.receipt,
    reference: sale.reference,
    at: sale.at,
    businessDate: sale.businessDate,
    member: sale.member,
    memberName,
    due: sale.due,
    discount: sale.discount,
    earned: sale.earned,
    spent: sale.spent,
    voided: false,
    synced: false,
  });
}
