import type { BusinessDate } from '../../../base/business-date.ts';
import type { Queries } from '../../../sync/server/store/client.ts';
import { tablesOf } from './tables.ts';

export async function noteDailyRun(queries: Queries, date: BusinessDate, at: number): Promise<void> {
  tablesOf(queries).dailyRuns.set(date, at);
}

export async function dailyRunKnown(queries: Queries, date: BusinessDate): Promise<boolean> {
  return tablesOf(queries).dailyRuns.has(date);
}
