/** Void: the whole sale is undone on its own business date, points both ways, by an entry of its own. */
import type { CommandId, SaleId } from '../../base/ids.ts';
import { points } from '../../base/numbers.ts';
import { present } from '../../base/assert.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import type { WalletAmount } from '../../ledger/entry.ts';
import { applyEntry, balanceOf, type MemberState } from '../../ledger/member-state.ts';
import { memberPostings } from '../../ledger/postings.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import type { VoidedSale } from '../contract/shapes.ts';
import { cacheMember, type CommitParts } from './commit-sale.ts';
import type { Caller } from './context.ts';
import type { AppendEntry, Draft } from './entry-writer.ts';
import { momentNow, type Moment } from './moment.ts';
import { earnedBy, saleEntry, spentBy } from './own-sale.ts';
import { printJobView } from './print-queue.ts';
import { voidReceipt } from './receipts.ts';
import { runCommand } from './run-command.ts';
import { saleSummary } from './sale-list.ts';
import { walletBalances } from './views.ts';

export type VoidRequest = { readonly command: CommandId; readonly sale: SaleId; readonly print: boolean };

/** Refuses with `unknown-sale`, `wrong-date` and `already-refunded`, in this order; a refusal changes nothing. */
export function voidSale(parts: CommitParts, caller: Caller, request: VoidRequest): Result<VoidedSale, Refusal> {
  const moment = momentNow(parts, parts.writer.last());
  const run = runCommand(parts, caller, moment, {
    id: request.command,
    name: 'sale.void',
    input: { ...request, caller },
    work: (append) => undo(parts, request, moment, append),
  });
  if (!run.ok) return run;
  if (!run.value.repeated) {
    parts.entryWritten();
    parts.prints.wake();
    const summary = saleSummary(parts, request.sale);
    if (summary === undefined) return ok(run.value.answer);
    if (summary.member !== null) parts.events.emit('member', { member: summary.member });
    parts.events.emit('sale', summary);
  }
  return ok(run.value.answer);
}

function undo(
  parts: CommitParts,
  request: VoidRequest,
  { local }: Moment,
  append: AppendEntry,
): Result<VoidedSale, Refusal> {
  const row = parts.store.projections.sale(request.sale);
  if (row === undefined) return refused('unknown-sale', 'This sale was not made at this till.');
  const sale = saleEntry(parts, row);
  if (sale.bd !== local.date)
    return refused('wrong-date', 'A sale can be voided on its own business date only. Refund it instead.');
  if (row.voidedBy !== null) return refused('already-refunded', 'This sale has been voided already.');
  const programme = present(
    sale.prog === null ? undefined : parts.programmes.byHash(sale.prog),
    'the programme of an own sale',
  ).programme;
  const member = sale.member === null ? undefined : parts.members.find(sale.member);
  const returned = spentBy(sale);
  const takenBack = takenBackFrom(member?.state, returned, earnedBy(sale), programme);
  const draft: Draft<'void'> = {
    kind: 'void',
    member: sale.member,
    postings:
      sale.member === null
        ? []
        : [
            ...memberPostings(sale.member, returned, 1, 'redeemed'),
            ...memberPostings(sale.member, takenBack, -1, 'issued'),
          ],
    prog: sale.prog,
    receipt: `${row.receipt}-V`,
    refs: [{ inc: sale.inc, seq: sale.seq }],
    basis: null,
    body: { sale: row.sale, money: sale.body.due, returned, takenBack },
  };
  const entry = append(draft);
  cacheMember(parts, member, entry);
  const after = member && applyEntry(member.state, entry, member.member);
  const balances = after === undefined ? [] : walletBalances(after, programme);
  const receipt = voidReceipt(parts, programme, entry, row.receipt, member, balances);
  const job = parts.prints.enqueue({ sale: null, receipt, copy: false, print: request.print });
  return ok({
    sale: row.sale,
    receipt: entry.receipt ?? '',
    money: entry.body.money,
    returned: [...returned],
    takenBack: [...takenBack],
    balances,
    printJob: request.print ? printJobView(job, entry.receipt) : null,
  });
}

/** By how much each balance falls: where the wallet forgives, not below zero (fine print 26); what was spent comes back first. */
function takenBackFrom(
  state: MemberState | undefined,
  returned: readonly WalletAmount[],
  earned: readonly WalletAmount[],
  { wallets }: Programme,
): readonly WalletAmount[] {
  if (state === undefined) return [];
  return earned.map(({ wallet, amount }) => {
    const forgives = wallets.find(({ id }) => id === wallet)?.negative === 'forgive';
    if (!forgives) return { wallet, amount };
    const back = returned.find((entry) => entry.wallet === wallet)?.amount ?? 0;
    return { wallet, amount: points(Math.min(amount, Math.max(0, balanceOf(state, wallet) + back))) };
  });
}
