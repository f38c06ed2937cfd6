import { Award, ChevronRight, IdCard, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MemberView } from '../../../../../till/contract/shapes.ts';
import { useActions } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';
import { useDates } from '../../../words/use-dates.ts';
import { firstOf, nextBadge } from './member-view.ts';
import { readable } from '../../../../ui/i18n/readable.ts';

/** Badges with the next one, memberships that run, clubs: the nearest of each, in a line or two. */
export function Standing({ member }: { member: MemberView }): ReactNode {
  const actions = useActions();
  const { badges, memberships, clubs } = member;
  if (badges.length === 0 && memberships.length === 0 && clubs.length === 0) return null;
  const topic = badges.length > 0 ? 'badges' : 'memberships';
  return (
    <button type="button" className="standing" onClick={() => void actions.explainMember(topic)}>
      <span className="standing-rows">
        {badges.length === 0 ? null : <Badges badges={badges} />}
        {memberships.length === 0 ? null : <Memberships memberships={memberships} />}
        {clubs.length === 0 ? null : (
          <span className="standing-row">
            <Users size={18} aria-hidden className="standing-icon" />
            <Names names={clubs.map(readable)} />
          </span>
        )}
      </span>
      <ChevronRight size={18} aria-hidden />
    </button>
  );
}

function Badges({ badges }: Pick<MemberView, 'badges'>): ReactNode {
  const held = badges.filter((badge) => badge.held > 0);
  const next = nextBadge(badges);
  return (
    <span className="standing-row">
      <Award size={18} aria-hidden className="standing-icon" />
      <span className="standing-text">
        {held.length === 0 ? null : <Names names={held.map(({ badge }) => readable(badge))} />}
        {next === null ? null : (
          <span className={`standing-soft ${held.length === 0 ? '' : 'standing-next'}`}>
            <Text
              id={next.missing === 0 ? 'badge.next.now' : 'badge.next'}
              values={{ badge: readable(next.badge), count: next.count, at: next.at }}
            />
          </span>
        )}
      </span>
    </span>
  );
}

function Memberships({ memberships }: Pick<MemberView, 'memberships'>): ReactNode {
  const say = useSay();
  const dates = useDates();
  const names = memberships.map(({ membership, end }) =>
    end === null
      ? readable(membership)
      : say('member.membership', { membership: readable(membership), date: dates.nearLastDay(end) }),
  );
  return (
    <span className="standing-row">
      <IdCard size={18} aria-hidden className="standing-icon" />
      <Names names={names} />
    </span>
  );
}

const NAMES_SHOWN = 2;

function Names({ names }: { names: readonly string[] }): ReactNode {
  const { shown, more } = firstOf(names, NAMES_SHOWN);
  return (
    <span>
      {shown.join(', ')}
      {more === 0 ? null : (
        <>
          {' '}
          <Text id="member.more" values={{ count: more }} />
        </>
      )}
    </span>
  );
}
