import type { ReactNode } from 'react';
import type { MemberDetail } from '../../../../sync/protocol/console.ts';
import { Panel } from '../../../ui/panel/Panel.tsx';
import { Facts, type Fact } from '../../components/Facts.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { useProfileFacts } from './use-profile-facts.ts';

export function ProfilePanel({ member }: { member: MemberDetail | null }): ReactNode {
  const say = useSay();
  return (
    <Panel title={say('member.profile')} className="profile">
      <div className="profile-body">{member === null ? <ProfileSkeleton /> : <Profile member={member} />}</div>
    </Panel>
  );
}

function Profile({ member }: { member: MemberDetail }): ReactNode {
  const say = useSay();
  const cards =
    member.cards.length === 0 ? (
      <span className="soft">
        <Text id="member.noCards" />
      </span>
    ) : (
      member.cards.map((card) => (
        <span key={card} className="profile-card">
          {card}
        </span>
      ))
    );
  const facts: Fact[] = [
    { name: say('member.cards'), value: cards },
    ...useProfileFacts(member),
    { name: say('member.id'), value: <span className="mono">{member.id}</span> },
  ];
  return <Facts facts={facts} />;
}

function ProfileSkeleton(): ReactNode {
  const say = useSay();
  const names = [
    say('member.cards'),
    say('member.phone'),
    say('member.email'),
    say('member.birthday'),
    say('member.id'),
  ];
  return <Facts facts={names.map((name) => ({ name, value: <Skeleton /> }))} />;
}
