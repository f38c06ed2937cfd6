import type { ReactNode } from 'react';
import { Panel } from '../../../../ui/panel/Panel.tsx';
import { useTill } from '../../../state/till-context.tsx';
import { useSay } from '../../../words/intl.ts';
import { RewardList } from '../rewards/RewardList.tsx';
import { LookupRefusal } from './LookupRefusal.tsx';
import { MemberCard } from './MemberCard.tsx';
import { MemberHits } from './MemberHits.tsx';
import { NoMember } from './NoMember.tsx';
import './member.css';

export function MemberPanel(): ReactNode {
  const say = useSay();
  const { member, hits, looking } = useTill((state) => state.member);
  return (
    <Panel title={say('member.title')} titleHidden className="member">
      <LookupRefusal />
      {hits.length > 0 ? <MemberHits hits={hits} /> : null}
      {hits.length === 0 && member === null ? <NoMember looking={looking} /> : null}
      {hits.length === 0 && member !== null ? (
        <>
          <MemberCard member={member} />
          <RewardList member={member} />
        </>
      ) : null}
    </Panel>
  );
}
