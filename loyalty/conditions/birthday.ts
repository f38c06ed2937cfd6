import { type BusinessDate, isLeapYear } from '../../base/business-date.ts';
import type { Birthday } from '../member-facts.ts';

/** Whether the date is a birthday, or in its month. An unknown birthday never is; 29 February counts as the 28th in other years. */
export function isBirthday(span: 'day' | 'month', birthday: Birthday | undefined, date: BusinessDate): boolean {
  if (birthday === undefined) return false;
  if (Number(date.slice(5, 7)) !== birthday.month) return false;
  const leapDay = birthday.month === 2 && birthday.day === 29 && !isLeapYear(date);
  return span === 'month' || Number(date.slice(8, 10)) === (leapDay ? 28 : birthday.day);
}
