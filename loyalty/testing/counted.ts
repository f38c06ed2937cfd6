import type { StoreId } from '../../base/ids.ts';
import type { CountedLine, CountedSale } from '../badges/count.ts';
import { type Badge, badgeSchema } from '../programme/badges.ts';
import { date, saleId } from './ladders.ts';

/** Short ways to say what a test about badges and goals is about. Only tests import this. */

export function counted(sku: string, units: number, paid: number, parts: Partial<CountedLine> = {}): CountedLine {
  return { sku, category: null, tags: [], units, paid, ...parts };
}

export function sold(sale: string, day: string, lines: readonly CountedLine[], store = 's1'): CountedSale {
  return { sale: saleId(sale), date: date(day), store: store as StoreId, lines }; // a test id
}

export function badge(id: string, count: Readonly<Record<string, unknown>>, again = false): Badge {
  return badgeSchema.parse({ id, when: { count }, again });
}
