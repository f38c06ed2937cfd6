/** Refunds and voids alike: the sale as this till knows it, what it comes to, the entry, and what the caller hears of it. */
import type { CommandId, MemberId } from '../../base/ids.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import type { SaleState } from '../../ledger/sale-state.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { sumByWallet } from '../../loyalty/wallet-amounts.ts';
import type { RefundEvaluation } from '../../loyalty/refunds/evaluation.ts';
import type { RefundedSale } from '../contract/shapes.ts';
import { undoAllowances } from './allowances/entry-allowances.ts';
import { basisOf } from './basis.ts';
import type { CommitParts } from './commit-sale.ts';
import type { Caller } from './context.ts';
import type { AppendEntry, Draft } from './entry-writer.ts';
import { giftView } from './gift-view.ts';
import type { KnownMember } from './member-book.ts';
import { momentNow, type Moment } from './moment.ts';
import { printJobView } from './print-queue.ts';
import { receiptPrefix } from './receipts.ts';
import { recordEntry } from './record-entry.ts';
import { runPrepared } from './run-command.ts';
import { findSale } from './sale-book.ts';
import { saleSummary } from './sale-list.ts';
import { levelView } from './tier-view.ts';
import { undoBody } from './undo-body.ts';
import { undoReceipt } from './undo-receipt.ts';
import { walletBalances } from './views.ts';

/** One command: finds the sale, lets `prepare` say what comes back or why nothing does, writes it, and tells the screens. */
export function runUndo(
  parts: CommitParts,
  caller: Caller,
  name: 'sale.refund' | 'sale.void',
  request: { readonly command: CommandId; readonly sale: string },
  prepare: (sale: SaleState, moment: Moment) => Result<Undo, Refusal>,
): Result<RefundedSale, Refusal> {
  const { sale, moment } = saleAndMoment(parts, request.sale);
  const run = runPrepared(parts, caller, moment, {
    id: request.command,
    name,
    input: { ...request, caller },
    prepare: () => (sale === undefined ? unknownSale() : prepare(sale, moment)),
    work: (undo, append) => ok(undoSale(parts, undo, append)),
  });
  if (!run.ok) return run;
  const { answer, repeated } = run.value;
  if (!repeated) announceSale(parts, answer.sale, answer.member);
  return ok(answer);
}

/** The sale that a caller names, with the moment of an entry about it, which comes after the sale whatever this till's clock says. */
export function saleAndMoment(parts: CommitParts, name: string): { sale: SaleState | undefined; moment: Moment } {
  const sale = findSale(parts, name);
  return { sale, moment: momentNow(parts, parts.writer.last(), sale?.hlc) };
}

export function unknownSale() {
  return refused('unknown-sale', 'This sale is not known here. Check the number on the receipt.', 'sale');
}

/**
 * By date and clock. The business date of a till never goes back, so its date alone does not tell; nor does its clock's, where the sale was
 * made while it was wrong.
 */
export function isBeforeSale({ local, shown, wall }: Moment, sale: SaleState): boolean {
  const { date } = sale.record;
  return local.date < date || (shown < date && wall < sale.wall);
}

export function beforeSale() {
  return refused('wrong-date', 'The business date of this till is before that of the sale. Check its clock.');
}

/** The version of the sale, which its refunds use too (fine print 13). */
export function termsOfSale({ programmes }: CommitParts, { prog }: SaleState): Result<Programme, Refusal> {
  const known = prog === null ? undefined : programmes.byHash(prog);
  if (known !== undefined) return ok(known.programme);
  return refused(
    'invalid-request',
    'This till does not have the programme of that sale. Wait for head office, then try again.',
  );
}

/** Whose the sale is now, or the account that nobody has claimed. */
export function accountOf({ member, unclaimed }: SaleState): MemberId | null {
  return member ?? unclaimed?.account ?? null;
}

export type Undo = {
  readonly kind: 'refund' | 'void';
  readonly sale: SaleState;
  readonly programme: Programme;
  readonly evaluation: RefundEvaluation;
  readonly moment: Moment;
  readonly print: boolean;
};

function undoSale(parts: CommitParts, undo: Undo, append: AppendEntry): RefundedSale {
  const { sale, programme, evaluation, moment, print } = undo;
  const account = accountOf(sale);
  const member = account === null ? undefined : parts.members.find(account);
  const { entry, stateAfter } = recordEntry(parts, append, draftOf(parts, undo, member));
  const { bd: date, body } = entry;
  const after = entry.member === null ? undefined : stateAfter(entry.member);
  const receipt = undoReceipt(parts, { undo, entry, member: sale.member === null ? undefined : member, after });
  const job = parts.prints.enqueue({ sale: null, receipt, copy: false, print });
  return {
    sale: sale.sale,
    receipt: entry.receipt ?? '',
    member: sale.member === null ? null : entry.member,
    businessDate: moment.local.date,
    money: body.money,
    lines: evaluation.lines.map(({ line, quantity, money }) => ({ line, quantity, money })),
    returned: [...sumByWallet(body.returned)],
    takenBack: [...body.takenBack],
    gifts: body.gifts.map(giftView),
    whole: body.whole,
    balances: after === undefined ? [] : walletBalances(after, programme, date),
    tierAfter: after === undefined ? null : levelView(after, parts.programmes.terms, date),
    printJob: print ? printJobView(job, entry.receipt) : null,
  };
}

/** Kind and body belong together: both are refunds, and the fold tells them apart by the kind. */
function draftOf(
  parts: CommitParts,
  { kind, sale, programme, evaluation, moment }: Undo,
  member: KnownMember | undefined,
): Draft<'refund' | 'void'> {
  const { date } = moment.local;
  const voids = kind === 'void';
  const account = member?.member ?? accountOf(sale);
  const body = undoBody(parts, { sale, programme, evaluation, state: member?.state, date, voids });
  return {
    kind,
    member: account,
    prog: sale.prog,
    receipt: receiptNumber(parts, kind, sale),
    refs: [{ inc: sale.inc, seq: sale.seq }],
    basis: member === undefined ? null : basisOf(parts, member, programme, date),
    allowances: account === null ? undefined : undoAllowances(parts, { voids, account, member, sale, body, date }),
    body,
  };
}

/** `T1-000042-R2`: the second refund of that receipt; at another till than the sale's with that till's letters, so that no two are alike. */
function receiptNumber(parts: CommitParts, kind: 'refund' | 'void', { sale, receipt }: SaleState): string {
  const { store } = parts;
  const own = store.projections.sale(sale) !== undefined;
  const times = store.entries.aboutSale(sale).filter((entry) => entry.kind === 'refund').length;
  const suffix = kind === 'void' ? 'V' : `R${times + 1}`;
  const base = receipt ?? sale.slice(0, 8);
  return own ? `${base}-${suffix}` : `${base}-${receiptPrefix(parts.stream())}-${suffix}`;
}

/** After the transaction: screens hear of the sale and of its member. */
export function announceSale(parts: CommitParts, name: string, member: MemberId | null): void {
  parts.entryWritten();
  parts.prints.wake();
  if (member !== null) parts.events.emit('member', { member });
  const summary = saleSummary(parts, name);
  if (summary !== undefined) parts.events.emit('sale', summary);
}
