import type { Say } from '../../ui/i18n/typed-intl.tsx';
import type { MessageId } from './intl.ts';

const UNITS = ['years', 'months', 'weeks', 'days'] as const;

/** `P12M` as `12 months`; what is no such duration stays as it is. */
export function durationWords(duration: string, say: Say<MessageId>): string {
  const [, ...counts] = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(duration) ?? [];
  const parts = UNITS.flatMap((unit, index) => {
    const count = Number(counts[index] ?? 0);
    return count === 0 ? [] : [say(`duration.${unit}`, { count })];
  });
  return parts.length === 0 ? duration : parts.join(' ');
}
