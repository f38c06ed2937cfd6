import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MemberView } from '../../../../../till/contract/shapes.ts';
import { useTill } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';
import { refusalWords } from '../../../words/refusal-words.ts';
import { RewardRow } from './RewardRow.tsx';
import { rewardViews } from './reward-view.ts';
import './rewards.css';

export function RewardList({ member }: { member: MemberView }): ReactNode {
  const say = useSay();
  const quote = useTill((state) => state.sale.quoted?.quote ?? null);
  const empty = useTill((state) => state.sale.lines.length === 0);
  const rewards = rewardViews(member, empty ? null : quote);
  return (
    <section className="rewards" aria-label={say('rewards.title')} data-place="rewards">
      <h3 className="rewards-title">
        <Text id="rewards.title" />
      </h3>
      <DroppedRewards member={member} />
      {rewards.length === 0 ? (
        <p className="rewards-none">
          <Text id="rewards.none" />
        </p>
      ) : (
        <ul className="rewards-list">
          {rewards.map((view) => (
            <RewardRow key={view.reward} view={view} />
          ))}
        </ul>
      )}
      {empty && rewards.length > 0 ? (
        <p className="rewards-none">
          <Text id="rewards.empty" />
        </p>
      ) : null}
    </section>
  );
}

/** What was on the sale and no longer can be. */
function DroppedRewards({ member }: { member: MemberView }): ReactNode {
  const say = useSay();
  const dropped = useTill((state) => state.sale.dropped);
  const options = useTill((state) => state.sale.quoted?.quote.rewards ?? member.rewards);
  return dropped.map(({ reward, refusal }) => (
    <p key={reward} className="rewards-dropped" role="alert">
      <CircleAlert size={18} aria-hidden />
      <span>
        {say('rewards.dropped', {
          reward: options.find((option) => option.reward === reward)?.name ?? reward,
          reason: refusalWords(refusal, say),
        })}
      </span>
    </p>
  ));
}
