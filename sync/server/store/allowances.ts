/** Allowances at head office: counters by part, grants as they were signed, recalls, and incarnations that are closed or fenced. */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { HashHex, IncarnationId, MemberId, TillId, WalletId } from '../../../base/ids.ts';
import { points, type Points } from '../../../base/numbers.ts';
import type { SignedGrant } from '../../../ledger/allowances/grant-text.ts';
import type { PartKey } from '../../../ledger/allowances/part.ts';
import type { Queries, Transaction } from './client.ts';
import { takePositions } from './counters.ts';

export type CountedPart = PartKey & {
  readonly inc: IncarnationId;
  readonly granted: number;
  readonly own: number;
  readonly spent: number;
  readonly returned: number;
  readonly writtenOff: number;
};

function endText(end: BusinessDate | null): string {
  return end ?? '';
}

function endOf(text: string): BusinessDate | null {
  return text === '' ? null : (text as BusinessDate); // as it was written
}

/** Adds to the counters; each part once. */
export async function addToParts(transaction: Transaction, parts: readonly CountedPart[]): Promise<void> {
  if (parts.length === 0) return;
  const of = (valueOf: (part: CountedPart) => number): number[] => parts.map(valueOf);
  await transaction`
    insert into allowance as known (account, wallet, inc, end_date, granted, own, spent, returned, written_off)
    select * from unnest(${parts.map(({ account }) => account)}::text[], ${parts.map(({ wallet }) => wallet)}::text[],
      ${parts.map(({ inc }) => inc)}::text[], ${parts.map(({ end }) => endText(end))}::text[],
      ${of(({ granted }) => granted)}::bigint[], ${of(({ own }) => own)}::bigint[], ${of(({ spent }) => spent)}::bigint[],
      ${of(({ returned }) => returned)}::bigint[], ${of(({ writtenOff }) => writtenOff)}::bigint[])
    on conflict (account, wallet, inc, end_date) do update set granted = known.granted + excluded.granted,
      own = known.own + excluded.own, spent = known.spent + excluded.spent, returned = known.returned + excluded.returned,
      written_off = known.written_off + excluded.written_off`;
}

export type OutPart = PartKey & {
  readonly inc: IncarnationId;
  readonly amount: number;
  /** Of the incarnation: a person shut it out. */
  readonly fenced: boolean;
};

type OutRow = {
  readonly inc: IncarnationId;
  readonly account: MemberId;
  readonly wallet: WalletId;
  readonly endDate: string;
  readonly amount: number;
  readonly fenced: boolean;
};

/** What is out of these accounts, ended parts and fenced incarnations included; of closed ones nothing. */
export async function outOfAccounts(queries: Queries, accounts: readonly MemberId[]): Promise<OutPart[]> {
  const rows = await queries<OutRow[]>`
    select allowance.inc, account, wallet, end_date, granted + own - spent - returned - written_off as amount,
      incarnation.fenced_at is not null as fenced
    from allowance join incarnation on incarnation.id = allowance.inc
    where account = any(${[...accounts]}::text[]) and granted + own > spent + returned + written_off
      and incarnation.closed_at is null`;
  return rows.map(({ endDate, ...row }) => ({ ...row, end: endOf(endDate) }));
}

/** What is out at one incarnation, closed or not: what a person would write off. */
export async function outOfTill(
  queries: Queries,
  inc: IncarnationId,
): Promise<(PartKey & { readonly amount: Points })[]> {
  const rows = await queries<Pick<OutRow, 'account' | 'wallet' | 'endDate' | 'amount'>[]>`
    select account, wallet, end_date, granted + own - spent - returned - written_off as amount from allowance
    where inc = ${inc} and granted + own > spent + returned + written_off order by account, wallet, end_date`;
  return rows.map(({ account, wallet, endDate, amount }) => ({
    account,
    wallet,
    end: endOf(endDate),
    amount: points(amount),
  }));
}

/** By incarnation and wallet, all that is out there. */
export async function outAtTills(
  queries: Queries,
): Promise<{ readonly till: TillId; readonly wallet: WalletId; readonly amount: number }[]> {
  return await queries<{ till: TillId; wallet: WalletId; amount: number }[]>`
    select incarnation.till, wallet, sum(granted + own - spent - returned - written_off)::bigint as amount
    from allowance join incarnation on incarnation.id = allowance.inc
    where granted + own > spent + returned + written_off and incarnation.closed_at is null
    group by incarnation.till, wallet order by incarnation.till, wallet`;
}

export type Grantee = {
  readonly inc: IncarnationId;
  readonly receivedSeq: number;
  readonly receivedHead: HashHex;
};

/** Of these incarnations the ones that may get grants: a till's, and none that is fenced, closed, forked or broken (E4). */
export async function grantees(queries: Queries, incs: readonly IncarnationId[]): Promise<Map<IncarnationId, Grantee>> {
  const rows = await queries<Grantee[]>`
    select id as inc, received_seq, received_head from incarnation
    where id = any(${[...incs]}::text[]) and private_key is null and branch_of is null and fenced_at is null
      and closed_at is null and forked_at is null and broken_at is null`;
  return new Map(rows.map((row) => [row.inc, row]));
}

export type GrantedPart = PartKey & { readonly inc: IncarnationId; readonly amount: number };

/** Raises what was granted of each part, each once; answers all that was ever granted of them, in the same order. */
export async function raiseGranted(transaction: Transaction, parts: readonly GrantedPart[]): Promise<number[]> {
  const rows = await transaction<(Omit<OutRow, 'amount' | 'fenced'> & { granted: number })[]>`
    insert into allowance as known (account, wallet, inc, end_date, granted)
    select * from unnest(${parts.map(({ account }) => account)}::text[], ${parts.map(({ wallet }) => wallet)}::text[],
      ${parts.map(({ inc }) => inc)}::text[], ${parts.map(({ end }) => endText(end))}::text[],
      ${parts.map(({ amount }) => amount)}::bigint[])
    on conflict (account, wallet, inc, end_date) do update set granted = known.granted + excluded.granted
    returning inc, account, wallet, end_date, granted`;
  const nameOf = (part: { inc: string; account: string; wallet: string }, end: string): string =>
    JSON.stringify([part.inc, part.account, part.wallet, end]);
  const granted = new Map(rows.map((row) => [nameOf(row, row.endDate), row.granted]));
  return parts.map((part) => granted.get(nameOf(part, endText(part.end))) ?? part.amount);
}

/** Takes positions of the feed: run it last. */
export async function saveGrants(transaction: Transaction, grants: readonly SignedGrant[]): Promise<void> {
  if (grants.length === 0) return;
  const first = await takePositions(transaction, 'feed', grants.length);
  await transaction`
    insert into allowance_grant (inc, account, wallet, end_date, epoch, granted, at_seq, at_head, signature, position)
    select * from unnest(${grants.map(({ inc }) => inc)}::text[], ${grants.map(({ account }) => account)}::text[],
      ${grants.map(({ wallet }) => wallet)}::text[], ${grants.map(({ end }) => endText(end))}::text[],
      ${grants.map(({ epoch }) => epoch)}::text[], ${grants.map(({ granted }) => granted)}::bigint[],
      ${grants.map(({ at }) => at.seq)}::bigint[], ${grants.map(({ at }) => at.head)}::text[],
      ${grants.map(({ signature }) => signature)}::text[], ${grants.map((_, index) => first + index)}::bigint[])
    on conflict (inc, account, wallet, end_date) do update set epoch = excluded.epoch, granted = excluded.granted,
      at_seq = excluded.at_seq, at_head = excluded.at_head, signature = excluded.signature, position = excluded.position`;
}

type GrantRow = {
  readonly position: number;
  readonly inc: IncarnationId;
  readonly account: MemberId;
  readonly wallet: WalletId;
  readonly endDate: string;
  readonly epoch: string;
  readonly granted: number;
  readonly atSeq: number;
  readonly atHead: HashHex;
  readonly signature: string;
};

export type GrantFeedRow = { readonly position: number; readonly grant: SignedGrant };

export async function grantRowsAfter(
  queries: Queries,
  incs: readonly IncarnationId[],
  after: number,
  limit: number,
): Promise<GrantFeedRow[]> {
  const rows = await queries<GrantRow[]>`
    select position, inc, account, wallet, end_date, epoch, granted, at_seq, at_head, signature from allowance_grant
    where inc = any(${[...incs]}::text[]) and position > ${after} order by position limit ${limit}`;
  return rows.map(grantFromRow);
}

/** The grants of these accounts to one incarnation, as they stand. */
export async function grantsTo(
  queries: Queries,
  inc: IncarnationId,
  accounts: readonly MemberId[],
): Promise<SignedGrant[]> {
  const rows = await queries<GrantRow[]>`
    select position, inc, account, wallet, end_date, epoch, granted, at_seq, at_head, signature from allowance_grant
    where inc = ${inc} and account = any(${[...accounts]}::text[]) order by position`;
  return rows.map((row) => grantFromRow(row).grant);
}

function grantFromRow({ position, endDate, granted, atSeq, atHead, ...row }: GrantRow): GrantFeedRow {
  return {
    position,
    grant: { ...row, end: endOf(endDate), granted: points(granted), at: { seq: atSeq, head: atHead } },
  };
}

export type UncountedEntry = { readonly position: number; readonly inc: IncarnationId; readonly seq: number };

export async function keepUncounted(transaction: Transaction, entries: readonly UncountedEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await transaction`
    insert into allowance_uncounted (position, inc, seq)
    select * from unnest(${entries.map(({ position }) => position)}::bigint[], ${entries.map(({ inc }) => inc)}::text[],
      ${entries.map(({ seq }) => seq)}::bigint[]) on conflict do nothing`;
}

/** Takes out those that nothing holds back any more, with their texts. */
export async function takeCountable(transaction: Transaction): Promise<{ inc: IncarnationId; text: string }[]> {
  return await transaction<{ inc: IncarnationId; text: string }[]>`
    with ready as (
      delete from allowance_uncounted waiting
      where not exists (select 1 from flag where flag.inc = waiting.inc and flag.seq = waiting.seq
          and flag.code in ('pending-ref', 'unknown-kind'))
        and not exists (select 1 from deferral where deferral.inc = waiting.inc and deferral.from_seq <= waiting.seq)
      returning inc, seq)
    select entry.inc, entry.text from ready join entry on entry.inc = ready.inc and entry.seq = ready.seq`;
}

export type Recall = { readonly account: MemberId; readonly wanted: IncarnationId };

export async function recallsOf(
  queries: Queries,
  accounts: readonly MemberId[],
): Promise<Map<MemberId, IncarnationId>> {
  const rows = await queries<Recall[]>`
    select account, wanted from recall where account = any(${[...accounts]}::text[])`;
  return new Map(rows.map(({ account, wanted }) => [account, wanted]));
}

/** Sets and ends recalls; the members' rows of the feed change with them. Takes positions: run it last. */
export async function changeRecalls(
  transaction: Transaction,
  { begun, ended }: { readonly begun: readonly Recall[]; readonly ended: readonly MemberId[] },
): Promise<void> {
  if (begun.length > 0)
    await transaction`
      insert into recall (account, wanted)
      select * from unnest(${begun.map(({ account }) => account)}::text[], ${begun.map(({ wanted }) => wanted)}::text[])
      on conflict (account) do update set wanted = excluded.wanted`;
  if (ended.length > 0) await transaction`delete from recall where account = any(${[...ended]}::text[])`;
  const changed = [...new Set([...begun.map(({ account }) => account), ...ended])];
  if (changed.length === 0) return;
  const first = await takePositions(transaction, 'feed', changed.length);
  await transaction`
    update member_state set version = version + 1, position = row.position
    from unnest(${changed}::text[], ${changed.map((_, index) => first + index)}::bigint[]) as row (member, position)
    where member_state.member = row.member`;
}

export async function closeIncarnations(
  transaction: Transaction,
  incs: readonly IncarnationId[],
  at: number,
): Promise<void> {
  if (incs.length === 0) return;
  await transaction`
    update incarnation set closed_at = ${at} where id = any(${[...incs]}::text[]) and closed_at is null`;
}

/** All incarnations of the till that are not fenced yet; how many. */
export async function fenceIncarnations(queries: Queries, till: TillId, at: number): Promise<number> {
  const { count } = await queries`
    update incarnation set fenced_at = ${at} where till = ${till} and fenced_at is null and private_key is null`;
  return count;
}

export async function isFenced(queries: Queries, inc: IncarnationId): Promise<boolean> {
  const found = await queries`select 1 from incarnation where id = ${inc} and fenced_at is not null`;
  return found.length === 1;
}
