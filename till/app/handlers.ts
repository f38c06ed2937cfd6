/** Each call of the contract and the use case that answers it. */
import { present } from '../../base/assert.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { receiptSchema } from '../../hardware/receipt/receipt.ts';
import type { TillCallName, TillOutput, TillParsedInput } from '../contract/calls.ts';
import type { PrintJob } from '../store/print-jobs.ts';
import { adjustBalance } from './adjust-balance.ts';
import { bringForSale, bringForTransfer, bringForVoucher } from './allowances/bring.ts';
import { attachCard } from './attach-card.ts';
import { changeCard } from './change-card.ts';
import { changeClub } from './change-club.ts';
import { claimSale } from './claim-sale.ts';
import { commitSale, type CommitParts } from './commit-sale.ts';
import type { Caller } from './context.ts';
import { enrolMember } from './enrol-member.ts';
import { explainBasket, explainMember, explainSale } from './explain.ts';
import { findMembers, identify, showMember } from './find-members.ts';
import { momentNow } from './moment.ts';
import { printJobView } from './print-queue.ts';
import { priceSale } from './price-sale.ts';
import { quoteView } from './quote-sale.ts';
import { copyOf, receiptOf } from './receipts.ts';
import { redeemVoucher } from './redeem-voucher.ts';
import { refundSale } from './refund-sale.ts';
import { runCommand } from './run-command.ts';
import { recentSales, salesOf } from './sale-list.ts';
import { catalogueOf } from './store-texts.ts';
import { transferPoints } from './transfer-points.ts';
import { voidSale } from './void-sale.ts';
import type { TillStatus } from '../contract/shapes.ts';
import type { SaleId } from '../../base/ids.ts';

const OPEN_JOBS_MAX = 50;

type Answer<Name extends TillCallName> = Result<TillOutput<Name>, Refusal>;

export type Handlers = {
  readonly [Name in TillCallName]: (
    input: TillParsedInput<Name>,
    caller: Caller,
  ) => Answer<Name> | Promise<Answer<Name>>;
};

export type HandlerParts = CommitParts & {
  status(): TillStatus;
  enrolTill(input: TillParsedInput<'till.enrol'>): Promise<Result<TillStatus, Refusal>>;
};

export function tillHandlers(parts: HandlerParts): Handlers {
  return {
    'till.status': () => ok(parts.status()),
    'till.enrol': (input) => parts.enrolTill(input),
    'catalogue.list': () => ok({ items: catalogueOf(parts).items }),
    'member.identify': ({ card }) => identify(parts, card),
    'member.find': ({ text }) => ok({ members: findMembers(parts, text) }),
    'member.show': ({ member }) => showMember(parts, member),
    'member.enrol': (input, caller) => enrolMember(parts, caller, input),
    'member.explain': (input) => explainMember(parts, input),
    'member.adjust': (input, caller) => adjustBalance(parts, caller, input),
    'member.transfer': async (input, caller) => {
      await bringForTransfer(parts, input);
      return transferPoints(parts, caller, input);
    },
    'member.card': (input, caller) => changeCard(parts, caller, input),
    'member.club': (input, caller) => changeClub(parts, caller, input),
    'sale.quote': async (input, caller) => {
      await bringForSale(parts, input, caller);
      const priced = priceSale(parts, input, caller, momentNow(parts, parts.writer.last()));
      return priced.ok ? ok(quoteView(parts, priced.value)) : priced;
    },
    'quote.explain': async (input, caller) => {
      await bringForSale(parts, input, caller);
      const priced = priceSale(parts, input, caller, momentNow(parts, parts.writer.last()));
      return priced.ok ? explainBasket(priced.value) : priced;
    },
    'sale.commit': async (input, caller) => {
      await bringForSale(parts, input, caller);
      return commitSale(parts, caller, { ...input, print: true });
    },
    'sale.refund': (input, caller) => refundSale(parts, caller, { ...input, print: true }),
    'sale.attach': (input, caller) => attachCard(parts, caller, input),
    'sale.claim': (input, caller) => claimSale(parts, caller, input),
    'sale.void': (input, caller) => voidSale(parts, caller, { ...input, print: true }),
    'voucher.redeem': async (input, caller) => {
      await bringForVoucher(parts, input);
      return redeemVoucher(parts, caller, input);
    },
    'sale.explain': ({ sale }) => explainSale(parts, sale),
    'sale.ofMember': ({ member, limit }) => ok({ sales: salesOf(parts, member, limit) }),
    'sale.recent': ({ limit }) => ok({ sales: recentSales(parts, limit) }),
    'receipt.show': ({ sale }) => showReceipt(parts, sale),
    'receipt.reprint': (input, caller) => reprint(parts, caller, input),
    'print.jobs': () => ok({ jobs: parts.store.printJobs.open(OPEN_JOBS_MAX).map((job) => jobView(parts, job)) }),
    'print.again': (input, caller) => printAgain(parts, caller, input),
    'print.discard': ({ job }) => {
      const found = parts.store.printJobs.find(job);
      return found === undefined ? unknownJob() : ok(jobView(parts, parts.prints.discard(found)));
    },
  };
}

function showReceipt(parts: HandlerParts, sale: SaleId): Answer<'receipt.show'> {
  const receipt = receiptOf(parts, sale);
  if (receipt === undefined) return refused('unknown-sale', 'This sale was not made at this till.');
  const { columns, elements } = parts.prints.layout(receipt);
  return ok({ columns, elements });
}

function reprint(
  parts: HandlerParts,
  caller: Caller,
  { command, sale }: TillParsedInput<'receipt.reprint'>,
): Answer<'receipt.reprint'> {
  const first = parts.store.printJobs.firstOf(sale);
  if (first === undefined) return refused('unknown-sale', 'This sale was not made at this till.');
  return printCopy(parts, caller, { id: command, name: 'receipt.reprint', of: first });
}

/** A job that failed before a byte left is sent again; one that may be on paper is printed as a copy, and the old one is closed. */
function printAgain(
  parts: HandlerParts,
  caller: Caller,
  { command, job }: TillParsedInput<'print.again'>,
): Answer<'print.again'> {
  const found = parts.store.printJobs.find(job);
  if (found === undefined) return unknownJob();
  if (found.state === 'failed') return ok(jobView(parts, parts.prints.again(found)));
  const printed = printCopy(parts, caller, { id: command, name: 'print.again', of: found });
  if (printed.ok) parts.prints.discard(found);
  return printed;
}

function printCopy(
  parts: HandlerParts,
  caller: Caller,
  { id, name, of }: { id: TillParsedInput<'print.again'>['command']; name: string; of: PrintJob },
): Answer<'print.again'> {
  const moment = momentNow(parts, parts.writer.last());
  const run = runCommand(parts, caller, moment, {
    id,
    name,
    input: { job: of.job },
    work: () => {
      const receipt = copyOf(parts, receiptSchema.parse(JSON.parse(of.receipt)));
      return ok(parts.prints.enqueue({ sale: of.sale, receipt, copy: true, print: true }).job);
    },
  });
  if (!run.ok) return run;
  parts.prints.wake();
  return ok(jobView(parts, present(parts.store.printJobs.find(run.value.answer), 'the job was just queued')));
}

function jobView(parts: HandlerParts, job: PrintJob): TillOutput<'print.again'> {
  const row = job.sale === null ? undefined : parts.store.projections.sale(job.sale);
  return printJobView(job, row?.receipt ?? null);
}

function unknownJob() {
  return refused('invalid-request', 'This print job is not known.', 'job');
}
