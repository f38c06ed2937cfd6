import type { EntryOf } from '../../ledger/entry.ts';
import type { MemberState } from '../../ledger/member-state.ts';
import type { Receipt } from '../../hardware/receipt/receipt.ts';
import type { TillContext } from './context.ts';
import type { KnownMember } from './member-book.ts';
import { memberBlock, moneyOf, receiptHead, receiptOf } from './receipts.ts';
import type { Undo } from './undo-sale.ts';

export type UndoneSale = {
  readonly undo: Undo;
  readonly entry: EntryOf<'refund' | 'void'>;
  /** Undefined where the sale belongs to nobody who could read the receipt. */
  readonly member: KnownMember | undefined;
  readonly after: MemberState | undefined;
};

export function undoReceipt(context: TillContext, undone: UndoneSale): Receipt {
  const { undo, entry } = undone;
  const shared = {
    ...receiptHead(context, entry),
    number: entry.receipt ?? '',
    money: moneyOf(undo.programme),
    totalMinor: -entry.body.money,
    ...memberOn(context, undone),
  };
  const of = undo.sale.receipt ?? undo.sale.sale;
  if (undo.kind === 'void') return { ...shared, kind: 'void', voidedNumber: of };
  return { ...shared, kind: 'refund', refundedNumber: of, lines: linesBack(context, undo) };
}

/** The book has no names of articles; the receipt of an own sale does. */
function linesBack(context: TillContext, { sale, evaluation }: Undo) {
  const sold = receiptOf(context, sale.sale);
  const names = sold?.kind === 'sale' ? sold.lines.map(({ name }) => name) : [];
  return evaluation.lines.map(({ line, quantity, money }) => ({
    name: names[line] ?? sale.record.lines[line]?.sku ?? '–',
    quantity,
    amountMinor: money,
  }));
}

/** What was taken back is earned less, what came back was spent less. */
function memberOn(context: TillContext, { undo, entry, member, after }: UndoneSale) {
  if (member === undefined || after === undefined) return {};
  const { takenBack, gifts, returned } = entry.body;
  const own = gifts.flatMap((gift) =>
    gift.reason === 'referrer' || gift.wallet === null ? [] : [{ wallet: gift.wallet, amount: gift.amount }],
  );
  return {
    member: memberBlock(context, {
      member,
      after,
      programme: undo.programme,
      date: entry.bd,
      earned: negative([...takenBack, ...own]),
      spent: negative(returned),
    }),
  };
}

function negative(amounts: readonly { readonly wallet: string; readonly amount: number }[]) {
  return amounts.map(({ wallet, amount }) => ({ wallet, amount: -amount }));
}
