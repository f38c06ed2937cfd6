import { present } from '../../base/assert.ts';
import { type BusinessDate, parseBusinessDate } from '../../base/business-date.ts';
import type { SaleId, WalletId } from '../../base/ids.ts';
import { type Tiers, tiersSchema } from '../programme/tiers.ts';
import type { HeldLevel, Ladder } from '../tiers/ladder.ts';
import type { Tally } from '../tiers/tally.ts';

/** Short ways to say what a test about levels, badges or memberships is about. Only tests import this. */

export const date = (text: string): BusinessDate => present(parseBusinessDate(text), text);
export const saleId = (text: string): SaleId => text as SaleId; // test ids
export const POINTS = 'points' as WalletId; // a test id

/** Bronze at 0, silver at 100, gold at 500, by points earned within twelve months, kept for twelve. */
export function tiersOf(parts: Readonly<Record<string, unknown>> = {}): Tiers {
  return tiersSchema.parse({
    measure: 'earned',
    wallet: 'points',
    window: 'P12M',
    keep: 'P12M',
    levels: [
      { id: 'bronze', at: 0 },
      { id: 'silver', at: 100 },
      { id: 'gold', at: 500 },
    ],
    ...parts,
  });
}

export function levels(thresholds: Readonly<Record<string, number>>): { id: string; at: number }[] {
  return Object.entries(thresholds).map(([id, at]) => ({ id, at }));
}

/** One visit of so many points and as many minor units. */
export function tally(day: string, amount: number): Tally {
  return { date: date(day), visits: 1, spend: amount, earned: { [POINTS]: amount } };
}

export function held(level: string, at: number, end: string | null, by: string | null): HeldLevel {
  return { level, at, end: end === null ? null : date(end), by: by === null ? null : saleId(by) };
}

export function names(ladder: Ladder): string[] {
  return ladder.map(({ level }) => level);
}
