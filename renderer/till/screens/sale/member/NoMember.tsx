import { ScanLine, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../../ui/button/Button.tsx';
import { EmptyState } from '../../../../ui/empty/EmptyState.tsx';
import { useActions, useTill } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';

export function NoMember({ looking }: { looking: boolean }): ReactNode {
  const say = useSay();
  const actions = useActions();
  const examples = useTill((state) => state.status.status?.exampleCards);
  return (
    <div className="no-member">
      <EmptyState
        icon={ScanLine}
        title={looking ? say('member.looking') : say('member.none.title')}
        hint={say('member.none.hint')}
      />
      {examples === undefined || examples.length === 0 ? null : (
        <div className="example-cards">
          <h3 className="example-cards-title">
            <Text id="member.examples" />
          </h3>
          <ul>
            {examples.map(({ card, label }) => (
              <li key={card}>
                <button type="button" className="example-card" onClick={() => void actions.identifyCard(card)}>
                  <span className="example-card-label">{label}</span>
                  <span className="example-card-number">{card}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="no-member-enrol">
        <Button wide icon={UserPlus} onPress={() => actions.openDialog({ kind: 'enrol-member', card: '' })}>
          <Text id="member.enrol" />
        </Button>
      </div>
    </div>
  );
}
