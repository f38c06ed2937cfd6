import { UserX } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { EmptyState } from '../../../ui/empty/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useConsole, useConsoleActions } from '../../state/console-context.tsx';
import type { MemberState } from '../../state/console-state.ts';
import { useSay } from '../../words/intl.ts';
import { Balances } from './Balances.tsx';
import { LedgerPanel } from './LedgerPanel.tsx';
import { LotsPanel } from './LotsPanel.tsx';
import './member.css';
import { BackToMembers, MemberHeader } from './MemberHeader.tsx';
import { ProfilePanel } from './ProfilePanel.tsx';
import { StandingPanel } from './StandingPanel.tsx';

export function MemberPage({ id }: { id: string }): ReactNode {
  const { showMember } = useConsoleActions();
  const member = useConsole((state) => state.member);
  useEffect(() => void showMember(id), [id, showMember]);
  // Before the first effect the slice may still hold another member.
  return <ShownMember id={id} member={member?.id === id ? member : null} />;
}

function ShownMember({ id, member }: { id: string; member: MemberState | null }): ReactNode {
  const { showMember } = useConsoleActions();
  const value = member?.detail.value ?? null;
  const refusal = member?.detail.refusal ?? null;
  if (value === null && refusal?.code === 'unknown-member') return <UnknownMember />;
  return (
    <div className="page" aria-busy={value === null && refusal === null}>
      <MemberHeader member={value} />
      {refusal === null ? null : (
        <Problem refusal={refusal} stale={value !== null} onRetry={() => void showMember(id)} />
      )}
      {value === null && refusal !== null ? null : (
        <>
          <Balances member={value} />
          <div className="member-columns">
            <div className="member-column">
              <ProfilePanel member={value} />
              <StandingPanel member={value} />
            </div>
            <div className="member-column">
              <LotsPanel member={value} />
              <LedgerPanel member={member} />
            </div>
          </div>
        </>
      )}
    </div>
  );
}

function UnknownMember(): ReactNode {
  const say = useSay();
  return (
    <div className="page">
      <PageHeader title={say('member.unknown.title')} back={<BackToMembers />} />
      <EmptyState icon={UserX} title={say('member.unknown.hint')} />
    </div>
  );
}
