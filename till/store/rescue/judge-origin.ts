/** Whether this ledger is the till's own, and its newest: what stands beside it and the machine are asked. */
import type { RedemptionStop, Stream } from '../streams.ts';
import type { TillStore } from '../till-store.ts';
import type { CountedStream } from './count-file.ts';
import { isSameMachine, type MachineIdentity } from './machine.ts';

/** Marks the incarnation that writes where it is a copy, or older than it was. Answers why it may spend nothing; null: it may. */
export function judgeOrigin(
  { streams, entries, rescue }: Pick<TillStore, 'streams' | 'entries' | 'rescue'>,
  counted: readonly CountedStream[] | undefined,
  machine: MachineIdentity,
  now: number,
): RedemptionStop | null {
  for (const { inc } of streams.all()) {
    const known = counted?.find((stream) => stream.inc === inc);
    const last = entries.last(inc)?.seq ?? 0;
    if (known !== undefined && known.lastSeq > last) rescue.missing(inc, last + 1, known.lastSeq, now);
  }
  const current = streams.current();
  if (current === undefined) return null;
  const stop = current.redemptionStop ?? whyStopped(current, entries.last(current.inc)?.seq ?? 0, counted, machine);
  if (stop !== null && current.redemptionStop === null) streams.stopRedemptions(current.inc, stop);
  return stop;
}

function whyStopped(
  { inc, acknowledgedSeq }: Stream,
  last: number,
  counted: readonly CountedStream[] | undefined,
  machine: MachineIdentity,
): RedemptionStop | null {
  const known = counted?.find((stream) => stream.inc === inc);
  if (acknowledgedSeq > last || (known !== undefined && known.lastSeq > last)) return 'restored';
  return known !== undefined && !isSameMachine(known.machine, machine) ? 'copied' : null;
}
