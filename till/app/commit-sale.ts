/** Commit: the sale that the customer agreed to becomes one entry, with its receipt queued, in one durable transaction. */
import { present } from '../../base/assert.ts';
import type { EpochMs } from '../../base/business-date.ts';
import type { CardCode, CommandId, MemberId, SaleId } from '../../base/ids.ts';
import { uuidv7 } from '../../base/node/uuid.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { parseCardCode } from '../../hardware/scanner/code.ts';
import type { SaleEntry } from '../../ledger/entry.ts';
import type { MemberState } from '../../ledger/member-state.ts';
import { issuedParts } from '../../ledger/vouchers.ts';
import type { PrintJob } from '../store/print-jobs.ts';
import { receiptText } from '../store/projections.ts';
import type { CommittedSale } from '../contract/shapes.ts';
import type { Office } from './allowances/bring.ts';
import { saleAllowances } from './allowances/entry-allowances.ts';
import { basisOf } from './basis.ts';
import { codeHash, newCode } from './codes.ts';
import type { Caller, TillContext } from './context.ts';
import type { AppendEntry, Draft, EntryWriter } from './entry-writer.ts';
import type { MemberBook } from './member-book.ts';
import { momentNow, type Moment } from './moment.ts';
import { type AskedBasket, priceSale, type PricedSale } from './price-sale.ts';
import { printJobView } from './print-queue.ts';
import { promiseView } from './quote-sale.ts';
import { receiptPrefix } from './receipts.ts';
import { recordEntry } from './record-entry.ts';
import { runPrepared } from './run-command.ts';
import { saleBody } from './sale-body.ts';
import { saleReceipt } from './sale-receipt.ts';
import { newVouchers, type NewVoucher } from './vouchers.ts';

export type CommitParts = TillContext & {
  readonly writer: EntryWriter;
  readonly members: MemberBook;
  readonly office: Office;
};

export type CommitRequest = AskedBasket & {
  readonly command: CommandId;
  readonly reference: string | null;
  /** The POS's register that the reference is of. */
  readonly register?: string | null | undefined;
  /** The card by which the member was found, where the member is named by id. */
  readonly scanned?: string | null | undefined;
  readonly expectedDue: number | null;
  /** Print here; a POS that prints its own receipt says no. */
  readonly print: boolean;
};

/** Refuses as a quote does, and with `quote-changed` and `command-reused`; a refusal changes nothing. */
export function commitSale(parts: CommitParts, caller: Caller, request: CommitRequest): Result<CommittedSale, Refusal> {
  const moment = momentNow(parts, parts.writer.last(), undefined, caller);
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
  let firstPrint: PrintJob | undefined;
  const run = runPrepared(parts, caller, moment, {
    id: request.command,
    name: 'sale.commit',
    input: { ...request, caller },
    prepare: price,
    work: (priced, append) => {
      memberName = priced.member?.profile.displayName ?? null;
      const sold = sell(parts, priced, request, append);
      if (!sold.ok) return sold;
      firstPrint = sold.value.job;
      return ok(sold.value.answer);
    },
    keepAnswer: (answer) => {
      const number = parts.store.projections.lastReceiptNumber(); // of the entry that was just written
      parts.prints.enqueueFirst(present(firstPrint, 'a sale has a receipt'), { number, answer });
      return number;
    },
  });
  if (!run.ok) return run;
  if (!run.value.repeated) announce(parts, run.value.answer, memberName);
  return ok(run.value.answer);
}

/** Refuses a reference that another sale of this till has. */
function freeReference({ store }: CommitParts, reference: string | null): Result<void, Refusal> {
  if (reference === null || store.projections.saleByReference(reference) === undefined) return ok(undefined);
  return refused('invalid-request', `The sale ${reference} was committed before.`, 'reference');
}

/** The answer, and the first print that is written beside it. */
type Sold = { readonly answer: CommittedSale; readonly job: PrintJob };

/** What only paper and the caller see, once. */
type Secrets = { readonly claimCode: string | null; readonly vouchers: readonly NewVoucher[] };

function sell(
  parts: CommitParts,
  sale: PricedSale,
  request: CommitRequest,
  append: AppendEntry,
): Result<Sold, Refusal> {
  const { due } = sale.evaluation.totals;
  if (request.expectedDue !== null && request.expectedDue !== due) {
    return refused('quote-changed', 'The total is no longer what was shown. Look at the new total, then confirm.');
  }
  const secrets = { claimCode: sale.unclaimed ? newCode() : null, vouchers: newVouchers(sale) };
  const draft = saleDraft(parts, sale, request, secrets);
  const { entry, stateAfter } = recordEntry(parts, append, draft, sale.member);
  const after = entry.member === null ? undefined : stateAfter(entry.member);
  return ok(committed(parts, sale, request, entry, secrets, after));
}

function saleDraft(
  parts: CommitParts,
  sale: PricedSale,
  request: CommitRequest,
  { claimCode, vouchers }: Secrets,
): Draft<'sale'> {
  const { member, known, unclaimed } = sale;
  const wall = parts.clock.wall();
  const receipt = receiptText(receiptPrefix(parts.stream()), parts.store.projections.lastReceiptNumber() + 1);
  const { date } = sale.request.local;
  const account = member?.member ?? (unclaimed ? newAccount(wall) : null);
  const body = saleBody(sale, {
    sale: uuidv7(wall) as SaleId, // the single place where a sale gets its id
    reference: request.reference,
    register: request.register ?? undefined,
    card: cardOf(request),
    vouchers: vouchers.map(({ issued }) => issued),
    claim: claimCode === null ? null : codeHash(claimCode),
  });
  const { spent } = sale.evaluation;
  const facts = { member, programme: known.programme, date, spent, earned: body.earned };
  return {
    kind: 'sale',
    member: account,
    prog: known.hash,
    receipt,
    refs: [],
    basis: member === undefined ? null : basisOf(parts, member, known.programme, date),
    allowances:
      account === null ? undefined : saleAllowances(parts, { account, ...facts, vouchers: issuedParts(body) }),
    body,
  };
}

/** As the book has it; what is no card names nobody. */
function cardOf({ card, scanned }: CommitRequest): CardCode | undefined {
  const typed = card ?? scanned ?? null;
  const code = typed === null ? undefined : parseCardCode(typed);
  return code?.ok === true ? code.value : undefined;
}

function committed(
  parts: CommitParts,
  sale: PricedSale,
  request: CommitRequest,
  entry: SaleEntry,
  { claimCode, vouchers }: Secrets,
  after: MemberState | undefined,
): Sold {
  const promised = promiseView(parts, sale, after);
  const shown = vouchers.map(({ view }) => view);
  const receipt = saleReceipt(parts, { sale, basket: request, entry, promised, claimCode, vouchers: shown, after });
  const job = parts.prints.draft({ sale: entry.body.sale, receipt, copy: false, print: request.print });
  const answer = {
    ...promised,
    sale: entry.body.sale,
    receipt: entry.receipt ?? '',
    reference: entry.body.reference,
    at: entry.wall,
    businessDate: entry.bd,
    member: sale.member === undefined ? null : entry.member,
    unclaimed: sale.unclaimed ? entry.member : null,
    claimCode,
    vouchers: shown,
    partner: entry.body.partner,
    printJob: request.print ? printJobView(job, entry.receipt) : null,
  };
  return { answer, job };
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
    refunded: 'none',
    undone: { money: 0, returned: [], takenBack: [] },
    synced: false,
  });
}

/** The single place where a till opens an account that nobody has claimed. */
function newAccount(wall: EpochMs): MemberId {
  return uuidv7(wall) as MemberId; // minted here
}
