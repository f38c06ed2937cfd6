/**
 * What this till gives back to head office (E5): what can be spent no more, at its next contact, and at once what another till is waiting for.
 * Both are entries of its own, written before the exchange goes on, so that a cut at any point loses nothing.
 */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { MemberId, OperatorId } from '../../../base/ids.ts';
import { ok, type Refusal, type Result } from '../../../base/result.ts';
import type { AllowancePart } from '../../../ledger/allowances/part.ts';
import type { HeldPart } from '../../../ledger/allowances/spend.ts';
import type { AllowanceReturnBody } from '../../../ledger/bodies/stream.ts';
import type { EntryOf } from '../../../ledger/entry.ts';
import type { MemberRow } from '../../../sync/protocol/feed.ts';
import type { Caller, TillContext } from '../context.ts';
import type { EntryWriter } from '../entry-writer.ts';
import type { MemberBook } from '../member-book.ts';
import { momentNow } from '../moment.ts';
import { idsLeadingTo } from './held-parts.ts';
import { redemptionStop } from './redemption-stop.ts';

export type GivingParts = TillContext & {
  readonly writer: EntryWriter;
  readonly members: Pick<MemberBook, 'stateOf'>;
};

/** Nobody at the counter does this. */
const THE_TILL: Caller = { actor: { operator: 'till' as OperatorId, role: 'cashier' }, approver: null }; // no name of a person's
/** Of one entry, which is of 64 KB at most. */
const PARTS_PER_ENTRY_MAX = 150;

export type GiveBack = {
  /** Before a contact. */
  ended(): void;
  /** Before the page's rows are put: once they are, nobody asks again. Answers whether anything was given back. */
  recalled(rows: readonly MemberRow[]): boolean;
  /** A grant came: it may have ended on its way. */
  granted(): void;
};

export function openGiveBack(parts: () => GivingParts): GiveBack {
  let looked: BusinessDate | undefined;
  return {
    ended: () => {
      const inc = parts().stream()?.inc;
      if (inc === undefined) return;
      const { date } = momentNow(parts(), parts().writer.last()).local;
      if (date === looked) return;
      give(parts(), parts().store.allowances.endedOn(inc, date), 'ended');
      looked = date;
    },
    recalled: (rows) => {
      const { stream, store } = parts();
      const inc = stream()?.inc;
      if (inc === undefined) return false;
      const wanted = rows.filter(({ recall }) => recall !== null && recall.wanted !== inc);
      const accounts = new Set(wanted.flatMap((row) => accountsOf(parts(), row, rows)));
      const held = [...accounts].flatMap((account) => store.allowances.heldOf(inc, account));
      give(parts(), held, 'recalled');
      return held.length > 0;
    },
    granted: () => {
      looked = undefined;
    },
  };
}

/** All ids that lead to the member, by the rows that are here and those that are coming. */
function accountsOf(parts: GivingParts, { member }: MemberRow, rows: readonly MemberRow[]): readonly MemberId[] {
  const found = new Set<MemberId>([member]);
  for (const id of found) {
    for (const account of idsLeadingTo(parts, id)) found.add(account);
    for (const row of rows) if (row.state.into === id) found.add(row.member);
  }
  return [...found];
}

function give(parts: GivingParts, held: readonly HeldPart[], reason: AllowanceReturnBody['reason']): void {
  if (redemptionStop(parts) !== undefined) return;
  for (let from = 0; from < held.length; from += PARTS_PER_ENTRY_MAX) {
    const returned = held
      .slice(from, from + PARTS_PER_ENTRY_MAX)
      .map(({ left, ...key }): AllowancePart => ({ ...key, amount: left }));
    const written = parts.writer.write(
      THE_TILL,
      momentNow(parts, parts.writer.last()),
      (append): Result<EntryOf<'allowance-return'>, Refusal> =>
        ok(
          append({
            kind: 'allowance-return',
            member: null,
            prog: null,
            receipt: null,
            refs: [],
            basis: null,
            allowances: { returned },
            body: { reason },
          }),
        ),
    );
    // Nothing was written, so nothing may go on as if it were.
    if (!written.ok) throw new Error(`what may not be spent here was not given back: ${written.error.message}`);
  }
}
