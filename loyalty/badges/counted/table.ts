import { z } from 'zod';
import type { Counted } from './counted.ts';
import { countItems } from './items.ts';
import { countSpend } from './spend.ts';
import { countStores } from './stores.ts';
import { countVisits } from './visits.ts';

/** The one place where what badges and goals count is registered. */
export const countedSchema = z.enum(['visits', 'spend', 'items', 'stores'], 'must be visits, spend, items or stores');
export type CountedName = z.output<typeof countedSchema>;

const COUNTED: Readonly<Record<CountedName, Counted>> = {
  visits: countVisits,
  spend: countSpend,
  items: countItems,
  stores: countStores,
};

export function countedNamed(name: CountedName): Counted {
  return COUNTED[name];
}
