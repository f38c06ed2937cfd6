import { CircleCheck, CircleDashed, CirclePause, Split, type LucideIcon } from 'lucide-react';
import type { TillSummary } from '../../../sync/protocol/console.ts';
import type { Tone } from '../../ui/chip/Chip.tsx';
import type { MessageId } from './intl.ts';

export type TillCondition = 'online' | 'silent' | 'never-enrolled' | 'forked';

/** A till with a connection reports every 10 seconds; one missed report is no silence. */
export const ONLINE_MS_MAX = 30_000;

/** The gravest first: a till with a second history needs somebody, whether it is online or not. */
export function tillCondition(
  till: Pick<TillSummary, 'enrolled' | 'forked' | 'lastSeenAt'>,
  now: number,
): TillCondition {
  if (till.forked) return 'forked';
  if (!till.enrolled) return 'never-enrolled';
  return till.lastSeenAt !== null && now - till.lastSeenAt <= ONLINE_MS_MAX ? 'online' : 'silent';
}

export const TILL_CONDITIONS: Readonly<Record<TillCondition, { tone: Tone; icon: LucideIcon; word: MessageId }>> = {
  online: { tone: 'good', icon: CircleCheck, word: 'till.online' },
  silent: { tone: 'warn', icon: CirclePause, word: 'till.silent' },
  'never-enrolled': { tone: 'neutral', icon: CircleDashed, word: 'till.neverEnrolled' },
  forked: { tone: 'bad', icon: Split, word: 'till.forked' },
};
