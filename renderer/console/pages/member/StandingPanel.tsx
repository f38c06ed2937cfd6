import type { ReactNode } from 'react';
import type { MemberDetail } from '../../../../sync/protocol/console.ts';
import { lastDayBefore } from '../../../ui/i18n/last-day.ts';
import { readable } from '../../../ui/i18n/readable.ts';
import { Panel } from '../../../ui/panel/Panel.tsx';
import { Facts, type Fact } from '../../components/Facts.tsx';
import { MemberLink } from '../../components/MemberLink.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { useFormats } from '../../words/formats-context.tsx';
import { useSay } from '../../words/intl.ts';

/** What the member is in the programme: level, memberships, badges, clubs. */
export function StandingPanel({ member }: { member: MemberDetail | null }): ReactNode {
  const say = useSay();
  return (
    <Panel title={say('member.standing')} className="standing">
      <div className="profile-body">{member === null ? <StandingSkeleton /> : <Standing member={member} />}</div>
    </Panel>
  );
}

function Standing({ member }: { member: MemberDetail }): ReactNode {
  const say = useSay();
  const formats = useFormats();
  const { tier, memberships = [], badges = [], clubs = [], mergedInto } = member;
  const until = (name: string, end: string | null): string =>
    end === null
      ? readable(name)
      : say('member.until', { name: readable(name), date: formats.date(lastDayBefore(end)) });
  const facts: Fact[] = [
    {
      name: say('member.level'),
      value: tier === null || tier === undefined ? say('app.nothing') : until(tier.level, tier.end),
    },
    {
      name: say('member.memberships'),
      value: <Lines lines={memberships.map(({ membership, end }) => until(membership, end))} />,
    },
    {
      name: say('member.badges'),
      value: (
        <Lines
          lines={badges.map(({ badge, date }) =>
            say('member.badge', { badge: readable(badge), date: formats.date(date) }),
          )}
        />
      ),
    },
    { name: say('member.clubs'), value: <Lines lines={clubs.map(readable)} /> },
  ];
  const leads: Fact[] =
    mergedInto === null || mergedInto === undefined
      ? []
      : [{ name: say('member.mergedInto'), value: <MemberLink id={mergedInto} name={mergedInto} /> }];
  return <Facts facts={[...facts, ...leads]} />;
}

const LINES_SHOWN = 6;

function Lines({ lines }: { lines: readonly string[] }): ReactNode {
  const say = useSay();
  if (lines.length === 0) return say('app.nothing');
  const more = lines.length - LINES_SHOWN;
  // oxlint-disable-next-line react/no-array-index-key -- a badge can be earned twice on one day, and rows never change places
  const shown = lines.slice(0, LINES_SHOWN).map((line, index) => (
    <span key={index} className="profile-card">
      {line}
    </span>
  ));
  return (
    <>
      {shown}
      {more > 0 ? <span className="profile-card soft">{say('member.more', { count: more })}</span> : null}
    </>
  );
}

function StandingSkeleton(): ReactNode {
  const say = useSay();
  const names = [say('member.level'), say('member.memberships'), say('member.badges'), say('member.clubs')];
  return <Facts facts={names.map((name) => ({ name, value: <Skeleton /> }))} />;
}
