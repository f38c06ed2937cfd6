import type { ReactNode } from 'react';
import type { Quote } from '../../../../../till/contract/shapes.ts';
import { useTill } from '../../../state/till-context.tsx';
import '../../explain/explain.css';
import { GiftLine } from '../../explain/GiftLine.tsx';
import { ReachedLevel } from '../member/ReachedLevel.tsx';

/** What this sale would bring beside its points: a badge, a referral, a level. Above the total, which stays where it is. */
export function WillReach({ quote }: { quote: Quote }): ReactNode {
  const tier = useTill((state) => state.member.member?.tier ?? null);
  return (
    <>
      <ReachedLevel before={tier} after={quote.tierAfter} />
      {quote.gifts.length === 0 ? null : (
        <ul className="totals-gifts">
          {quote.gifts.map((gift) => (
            <GiftLine key={`${gift.reason} ${gift.badge ?? ''}`} gift={gift} />
          ))}
        </ul>
      )}
    </>
  );
}
