import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TillSummary } from '../../../../sync/protocol/console.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { Chip } from '../../../ui/chip/Chip.tsx';
import { useConsoleActions } from '../../state/console-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { TILL_CONDITIONS, tillCondition } from '../../words/till-condition.ts';
import { useNow } from '../../words/use-now.ts';
import { TillFacts } from './TillFacts.tsx';
import './till-row.css';

export function TillRow(props: { till: TillSummary; storeName: string }): ReactNode {
  const say = useSay();
  const { createEnrolmentCode } = useConsoleActions();
  const { till, storeName } = props;
  const condition = tillCondition(till, useNow());
  const { tone, icon, word } = TILL_CONDITIONS[condition];
  return (
    <li className="till">
      <div className="till-head">
        <h3 className="till-name">{till.name}</h3>
        <Chip tone={tone} icon={icon}>
          <Text id={word} />
        </Chip>
      </div>
      <TillFacts till={till} />
      <Button
        className="till-code"
        icon={KeyRound}
        label={say('till.newCode.label', { till: till.name, store: storeName })}
        onPress={() => void createEnrolmentCode(storeName, till)}
      >
        <Text id="till.newCode" />
      </Button>
      {condition === 'forked' ? (
        <p className="till-meaning till-meaning-bad">
          <Text id="till.forked.meaning" />
        </p>
      ) : null}
      {till.branch === null || till.branch === undefined ? null : (
        <p className="till-meaning">
          <Text
            id={till.branch.adopted ? 'till.branch.adopted' : 'till.branch.kept'}
            values={{ count: till.branch.entries, first: till.branch.firstSeq }}
          />
        </p>
      )}
      {condition === 'never-enrolled' ? (
        <p className="till-meaning">
          <Text id="till.neverEnrolled.meaning" />
        </p>
      ) : null}
    </li>
  );
}
