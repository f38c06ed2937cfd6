import { ArrowLeft, Ban, Medal } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MemberDetail } from '../../../../sync/protocol/console.ts';
import { Chip } from '../../../ui/chip/Chip.tsx';
import { readable } from '../../../ui/i18n/readable.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { hrefOf } from '../../routing/route.ts';
import { useConsole } from '../../state/console-context.tsx';
import { useFormats } from '../../words/formats-context.tsx';
import { Text, useSay } from '../../words/intl.ts';

export function MemberHeader({ member }: { member: MemberDetail | null }): ReactNode {
  const say = useSay();
  const name = member?.displayName ?? member?.firstName ?? say('member.nameless');
  return (
    <PageHeader
      title={member === null ? say('member.title') : name}
      back={<BackToMembers />}
      beside={
        member === null ? undefined : (
          <span className="member-chips">
            {member.blocked ? (
              <Chip tone="bad" icon={Ban}>
                <Text id="member.blocked" />
              </Chip>
            ) : null}
            {member.tier === null || member.tier === undefined ? null : (
              <Chip tone="accent" icon={Medal}>
                {readable(member.tier.level)}
              </Chip>
            )}
          </span>
        )
      }
      subtitle={member === null ? <Skeleton width="long" /> : <Summary member={member} />}
    />
  );
}

function Summary({ member }: { member: MemberDetail }): ReactNode {
  const formats = useFormats();
  const { joined, visits, entries } = member;
  const shown = { shownVisits: formats.number(visits), shownEntries: formats.number(entries) };
  return <Text id="member.summary" values={{ joined: formats.date(joined), visits, entries, ...shown }} />;
}

/** To the list as it was left. */
export function BackToMembers(): ReactNode {
  const search = useConsole((state) => state.members.search) ?? '';
  return (
    <a className="link member-back" href={hrefOf({ page: 'members', search })}>
      <ArrowLeft size={16} aria-hidden />
      <Text id="member.back" />
    </a>
  );
}
