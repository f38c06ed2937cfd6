import type { MemberView } from '../../../till/contract/shapes.ts';
import { useAmounts } from '../state/till-context.tsx';
import { useSay } from './intl.ts';
import { readable } from '../../ui/i18n/readable.ts';

type Tier = NonNullable<MemberView['tier']>;

/** Writes what a programme's levels measure: points, money or visits. */
export function useMeasure({ measure, wallet }: Pick<Tier, 'measure' | 'wallet'>): {
  readonly write: (amount: number) => string;
  /** `28 Points to Gold`. */
  readonly toNext: (next: NonNullable<Tier['next']>) => string;
} {
  const say = useSay();
  const amounts = useAmounts();
  const write = (amount: number): string => {
    switch (measure) {
      case 'earned':
        return amounts.wallet({ wallet: wallet ?? '', amount });
      case 'spend':
        return amounts.money(amount);
      case 'visits':
        return say('level.visits', { count: amount });
      default:
        return measure satisfies never;
    }
  };
  return {
    write,
    toNext: ({ level, missing }) =>
      missing === 0
        ? say('level.next.now', { level: readable(level) })
        : say('level.next', { amount: write(missing), level: readable(level) }),
  };
}
