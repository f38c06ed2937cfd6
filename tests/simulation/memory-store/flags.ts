import type { IncarnationId } from '../../../base/ids.ts';
import type { Queries } from '../../../sync/server/store/client.ts';
import type { Flag, FlagCode } from '../../../sync/server/store/flags.ts';
import { byText, tablesOf } from './tables.ts';

function nameOf({ inc, seq, code }: Pick<Flag, 'inc' | 'seq' | 'code'>): string {
  return `${inc} ${seq} ${code}`;
}

export async function raiseFlags(queries: Queries, raised: readonly Flag[], _at: number): Promise<void> {
  const { flags } = tablesOf(queries);
  for (const flag of raised) if (!flags.has(nameOf(flag))) flags.set(nameOf(flag), flag);
}

export async function lowerFlags(
  queries: Queries,
  codes: readonly FlagCode[],
  entries: readonly Pick<Flag, 'inc' | 'seq'>[],
): Promise<void> {
  const { flags } = tablesOf(queries);
  for (const { inc, seq } of entries) for (const code of codes) flags.delete(nameOf({ inc, seq, code }));
}

export async function flaggedWith(
  queries: Queries,
  codes: readonly FlagCode[],
  entries: readonly Pick<Flag, 'inc' | 'seq'>[],
): Promise<Pick<Flag, 'inc' | 'seq' | 'code'>[]> {
  const { flags } = tablesOf(queries);
  return entries.flatMap(({ inc, seq }) => codes.flatMap((code) => flags.get(nameOf({ inc, seq, code })) ?? []));
}

export async function flagsOf(
  queries: Queries,
  inc: IncarnationId,
): Promise<{ seq: number; code: FlagCode; detail: string }[]> {
  return tablesOf(queries)
    .flags.values()
    .filter((flag) => flag.inc === inc)
    .toSorted(byText((flag) => `${String(flag.seq).padStart(12, '0')} ${flag.code}`));
}
