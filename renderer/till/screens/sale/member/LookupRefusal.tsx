import { UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../../ui/button/Button.tsx';
import { Notice } from '../../../../ui/notice/Notice.tsx';
import { useActions, useTill } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';
import { refusalWords } from '../../../words/refusal-words.ts';

/** Why nobody was found, and what can be done about it. */
export function LookupRefusal(): ReactNode {
  const say = useSay();
  const actions = useActions();
  const found = useTill((state) => state.member.refusal);
  if (found === null) return null;
  const { refusal, card } = found;
  return (
    <div className="member-notice">
      <Notice
        tone="bad"
        dismiss={{ label: say('app.dismiss'), onDismiss: actions.dismissMessages }}
        actions={
          card === null ? undefined : (
            <Button wide icon={UserPlus} onPress={() => actions.openDialog({ kind: 'enrol-member', card })}>
              <Text id="member.enrolCard" />
            </Button>
          )
        }
      >
        {card === null ? null : <strong className="member-notice-card">{card}</strong>}
        {refusalWords(refusal, say)}
      </Notice>
    </div>
  );
}
