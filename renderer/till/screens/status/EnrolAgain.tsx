import { useState, type FormEvent, type ReactNode } from 'react';
import type { TillStatus } from '../../../../till/contract/shapes.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { TextField } from '../../../ui/field/TextField.tsx';
import { Notice } from '../../../ui/notice/Notice.tsx';
import { useActions, useTill } from '../../state/till-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { refusalWords } from '../../words/refusal-words.ts';

type Why = NonNullable<TillStatus['enrolAgain']>;

/** Why this till has to enrol again, and the field for the new code. */
export function EnrolAgain({ why, headOffice }: { why: Why; headOffice: string }): ReactNode {
  const say = useSay();
  const actions = useActions();
  const { busy, refusal } = useTill((state) => state.tillEnrolment);
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const missing = tried && code.trim() === '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (code.trim() !== '') void actions.enrolTill(headOffice, code.trim());
  };
  return (
    <form className="status-again" onSubmit={submit} noValidate aria-label={say('status.again.title')}>
      <Notice tone="bad">
        <Text id={`status.again.${why}`} /> <Text id="status.again.what" />
      </Notice>
      {refusal === null ? null : <Notice tone="bad">{refusalWords(refusal, say)}</Notice>}
      <TextField
        label={say('enrol.code')}
        value={code}
        error={missing ? say('enrol.code.missing') : undefined}
        maxLength={40}
        onChange={setCode}
      />
      <Button kind="primary" type="submit" disabled={busy}>
        {busy ? <Text id="enrol.busy" /> : <Text id="status.again.submit" />}
      </Button>
    </form>
  );
}
