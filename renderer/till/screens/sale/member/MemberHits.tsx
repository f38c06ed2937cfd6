import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../../ui/button/Button.tsx';
import { useActions } from '../../../state/till-context.tsx';
import type { MemberHit } from '../../../state/till-state.ts';
import { Text, useSay } from '../../../words/intl.ts';

/** Several members fit: each with a card, so that two of one name can be told apart. */
export function MemberHits({ hits }: { hits: readonly MemberHit[] }): ReactNode {
  const say = useSay();
  const actions = useActions();
  return (
    <div className="member-hits">
      <header className="member-hits-head">
        <output>
          <Text id="member.hits" values={{ count: hits.length }} />
        </output>
        <Button kind="quiet" icon={X} label={say('app.cancel')} onPress={actions.dismissMessages} />
      </header>
      <ul className="member-hits-list">
        {hits.map((hit) => (
          <li key={hit.member}>
            <button type="button" className="example-card" onClick={() => void actions.chooseMember(hit.member)}>
              <span className="example-card-label">{hit.displayName ?? say('member.nameless')}</span>
              <span className="example-card-number">{hit.card}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
