/** Enrolment codes, by hash, and the wrong ones that were tried. */
import type { IncarnationId, TillId } from '../../../base/ids.ts';
import type { Queries, Transaction } from './client.ts';

export type EnrolmentCodeRecord = {
  readonly hash: string;
  readonly till: TillId;
  readonly validUntil: number;
  readonly usedBy: IncarnationId | null;
  /** Wrong ones that began like it. */
  readonly failures: number;
};

export type EnrolmentFailures = {
  readonly failures: number;
  readonly firstAt: number;
  readonly lockedUntil: number | null;
};

/** A new code replaces the unused ones of its till. */
export async function insertEnrolmentCode(
  transaction: Transaction,
  {
    hash,
    selector,
    till,
    validUntil,
    at,
  }: {
    hash: string;
    selector: string;
    till: TillId;
    validUntil: number;
    at: number;
  },
): Promise<void> {
  await transaction`delete from enrolment_code where till = ${till} and used_at is null`;
  await transaction`
    insert into enrolment_code (hash, selector, till, valid_until, created_at)
    values (${hash}, ${selector}, ${till}, ${validUntil}, ${at})`;
}

/** Codes that begin like this one; those of before beginnings were kept are found whole. */
export async function lockEnrolmentCodes(
  transaction: Transaction,
  { selector, hash }: { readonly selector: string; readonly hash: string },
): Promise<EnrolmentCodeRecord[]> {
  return await transaction<EnrolmentCodeRecord[]>`
    select hash, till, valid_until, used_by, failures from enrolment_code
    where selector = ${selector} or (selector is null and hash = ${hash})
    order by hash for update`;
}

export async function countCodeFailure(transaction: Transaction, hash: string): Promise<void> {
  await transaction`update enrolment_code set failures = failures + 1 where hash = ${hash}`;
}

export async function markCodeUsed(
  transaction: Transaction,
  hash: string,
  inc: IncarnationId,
  at: number,
): Promise<void> {
  await transaction`update enrolment_code set used_at = ${at}, used_by = ${inc} where hash = ${hash} and used_at is null`;
}

export async function findEnrolmentFailures(queries: Queries, address: string): Promise<EnrolmentFailures | undefined> {
  const [row] = await queries<EnrolmentFailures[]>`
    select failures, first_at, locked_until from enrolment_failure where address = ${address}`;
  return row;
}

/** Counts one more wrong code; what is older than the window counts no more. At `failuresMax` the address is locked. */
export async function countEnrolmentFailure(
  queries: Queries,
  address: string,
  { at, windowMs, failuresMax, lockMs }: { at: number; windowMs: number; failuresMax: number; lockMs: number },
): Promise<void> {
  await queries`
    insert into enrolment_failure as known (address, failures, first_at) values (${address}, 1, ${at})
    on conflict (address) do update set
      failures = case when known.first_at < ${at - windowMs} then 1 else known.failures + 1 end,
      first_at = case when known.first_at < ${at - windowMs} then ${at} else known.first_at end,
      locked_until = case when known.first_at >= ${at - windowMs} and known.failures + 1 >= ${failuresMax}
        then ${at + lockMs}::bigint else known.locked_until end`;
}

export async function forgetEnrolmentFailures(queries: Queries, address: string): Promise<void> {
  await queries`delete from enrolment_failure where address = ${address}`;
}
