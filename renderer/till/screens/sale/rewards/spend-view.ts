import type { SpendLimits } from '../../../state/till-state.ts';

/** The largest multiple of the step up to `wanted` and up to the most; 0 where not even one step fits. */
export function withinLimits(wanted: number, { step, most }: SpendLimits): number {
  return Math.max(0, Math.floor(Math.min(wanted, most) / step) * step);
}

/** What was typed, where it is a whole positive multiple of the step and no more than the most; undefined otherwise. */
export function spendFromTyped(typed: string, { step, most }: SpendLimits): number | undefined {
  if (!/^\d{1,15}$/.test(typed)) return undefined;
  const amount = Number(typed);
  return amount > 0 && amount <= most && amount % step === 0 ? amount : undefined;
}
