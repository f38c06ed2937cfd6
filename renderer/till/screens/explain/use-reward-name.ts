import { useTill } from '../../state/till-context.tsx';
import { readable } from '../../../ui/i18n/readable.ts';

/** A reward's name where the screen has heard it: of the member, or of a quote. */
export function useRewardName(): (reward: string) => string {
  const known = useTill((state) => state.member.member?.rewards);
  const done = useTill((state) => state.done?.sale.redeemed);
  return (reward) =>
    [...(known ?? []), ...(done ?? [])].find((other) => other.reward === reward)?.name ?? readable(reward);
}
