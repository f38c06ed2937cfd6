/** What head office has to say about an accepted entry. A flag never changes what was accepted; some say that it gives nothing (conflicts/standing.ts). */
import type { IncarnationId } from '../../../base/ids.ts';
import type { Queries } from './client.ts';

export const FLAG_CODES = [
  'unreadable',
  'unknown-kind',
  'wrong-body',
  'unbalanced-postings',
  'other-postings',
  'cannot-apply',
  'duplicate-id',
  'unknown-member',
  'member-enrolled-twice',
  'card-taken',
  'given-twice',
  'refunded-beyond-sale',
  'claimed-twice',
  'attached-twice',
  'pending-ref',
  'same-receipt',
  'blocked-card',
  'limit-passed',
  'programme-drift',
  'likely-duplicate',
  'merged-duplicate',
  'voided-twice',
  'profile-unreadable',
  'profile-tampered',
  'clock-ahead',
  'adopted',
  'cannot-adopt',
] as const;
export type FlagCode = (typeof FLAG_CODES)[number];

const DETAIL_CHARS_MAX = 200;

export type Flag = {
  readonly inc: IncarnationId;
  readonly seq: number;
  readonly code: FlagCode;
  readonly detail: string;
};

export async function raiseFlags(queries: Queries, flags: readonly Flag[], at: number): Promise<void> {
  if (flags.length === 0) return;
  await queries`
    insert into flag (inc, seq, code, detail, raised_at)
    select row.inc, row.seq, row.code, row.detail, ${at}::bigint
    from unnest(${flags.map((flag) => flag.inc)}::text[], ${flags.map((flag) => flag.seq)}::bigint[],
      ${flags.map((flag) => flag.code)}::text[], ${flags.map((flag) => storableDetail(flag.detail))}::text[]) as row (inc, seq, code, detail)
    on conflict do nothing`;
}

/** A detail can quote the entry, and so hold what a column of text cannot. */
function storableDetail(detail: string): string {
  return detail.slice(0, DETAIL_CHARS_MAX).replaceAll('\0', '\ufffd').toWellFormed();
}

export async function lowerFlags(
  queries: Queries,
  codes: readonly FlagCode[],
  entries: readonly Pick<Flag, 'inc' | 'seq'>[],
): Promise<void> {
  if (entries.length === 0) return;
  await queries`
    delete from flag using unnest(${entries.map((entry) => entry.inc)}::text[], ${entries.map((entry) => entry.seq)}::bigint[])
      as row (inc, seq)
    where flag.inc = row.inc and flag.seq = row.seq and flag.code = any(${[...codes]}::text[])`;
}

/** Of these entries, those with one of the codes. */
export async function flaggedWith(
  queries: Queries,
  codes: readonly FlagCode[],
  entries: readonly Pick<Flag, 'inc' | 'seq'>[],
): Promise<Pick<Flag, 'inc' | 'seq' | 'code'>[]> {
  if (entries.length === 0) return [];
  return await queries<Pick<Flag, 'inc' | 'seq' | 'code'>[]>`
    select flag.inc, flag.seq, flag.code
    from flag join unnest(${entries.map((entry) => entry.inc)}::text[], ${entries.map((entry) => entry.seq)}::bigint[]) as row (inc, seq)
      on flag.inc = row.inc and flag.seq = row.seq
    where flag.code = any(${[...codes]}::text[])`;
}

export async function flagsOf(
  queries: Queries,
  inc: IncarnationId,
): Promise<{ seq: number; code: FlagCode; detail: string }[]> {
  return await queries<{ seq: number; code: FlagCode; detail: string }[]>`
    select seq, code, detail from flag where inc = ${inc} order by seq, code`;
}
