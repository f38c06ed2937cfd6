import { Ban, Cake, CloudUpload, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MemberView } from '../../../../../till/contract/shapes.ts';
import { Button } from '../../../../ui/button/Button.tsx';
import { Chip } from '../../../../ui/chip/Chip.tsx';
import { useActions } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';
import { useWhen } from '../../../words/use-when.ts';
import { Balances } from './Balances.tsx';
import { Level } from './Level.tsx';
import { Standing } from './Standing.tsx';

export function MemberCard({ member }: { member: MemberView }): ReactNode {
  const say = useSay();
  const actions = useActions();
  const name = member.displayName ?? say('member.nameless');
  const [card] = member.cards;
  return (
    <section className="member-card" aria-label={name}>
      <header className="member-head">
        <span className="member-initial" aria-hidden>
          {Array.from(name)[0]}
        </span>
        <div className="member-who">
          <p className="member-name">{name}</p>
          {card === undefined ? null : (
            <p className="member-number">
              <Text id="member.card" values={{ card }} />
            </p>
          )}
        </div>
        <Button kind="quiet" icon={X} label={say('member.remove', { name })} onPress={actions.removeMember} />
      </header>
      <MemberFlags member={member} />
      <Balances member={member} />
      {member.tier === null ? null : <Level tier={member.tier} />}
      <Standing member={member} />
      <AsOf member={member} />
    </section>
  );
}

function MemberFlags({ member }: { member: MemberView }): ReactNode {
  if (!member.birthdayToday && !member.blocked) return null;
  return (
    <div className="member-flags">
      {member.birthdayToday ? (
        <Chip tone="accent" icon={Cake}>
          <Text id="member.birthday" />
        </Chip>
      ) : null}
      {member.blocked ? (
        <Chip tone="bad" icon={Ban}>
          <Text id="member.blocked" />
        </Chip>
      ) : null}
    </div>
  );
}

/** How old the balance is: always said, since another till may have changed it meanwhile. */
function AsOf({ member }: { member: MemberView }): ReactNode {
  const when = useWhen();
  return (
    <div className="member-as-of">
      <p>
        {member.asOf === null ? (
          <Text id="member.asOf.never" />
        ) : (
          <Text id="member.asOf" values={{ when: when(member.asOf) }} />
        )}
      </p>
      {member.waitingEntries === 0 ? null : (
        <p className="member-waiting">
          <CloudUpload size={16} aria-hidden />
          <span>
            <Text id="member.waiting" values={{ count: member.waitingEntries }} />
          </span>
        </p>
      )}
    </div>
  );
}
