/** Business dates that head office ran to their end. */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { Queries } from './client.ts';

export async function noteDailyRun(queries: Queries, date: BusinessDate, at: number): Promise<void> {
  await queries`
    insert into daily_run (date, ran_at) values (${date}, ${at}) on conflict (date) do update set ran_at = excluded.ran_at`;
}

export async function dailyRunKnown(queries: Queries, date: BusinessDate): Promise<boolean> {
  const found = await queries`select 1 from daily_run where date = ${date}`;
  return found.length === 1;
}
