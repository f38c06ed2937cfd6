import { Store } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Button } from '../../../ui/button/Button.tsx';
import { TextField } from '../../../ui/field/TextField.tsx';
import { Notice } from '../../../ui/notice/Notice.tsx';
import { useActions, useTill } from '../../state/till-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { refusalWords } from '../../words/refusal-words.ts';
import { parseAddress } from './address.ts';
import '../shell/sheet.css';

/** A till that belongs to nobody yet: the address of head office and a code. */
export function EnrolScreen(): ReactNode {
  const say = useSay();
  const actions = useActions();
  const { busy, refusal } = useTill((state) => state.tillEnrolment);
  const [address, setAddress] = useState('');
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const headOffice = parseAddress(address);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (headOffice !== undefined && code.trim() !== '') void actions.enrolTill(headOffice, code.trim());
  };
  return (
    <main className="sheet-page">
      <form className="sheet" onSubmit={submit} noValidate>
        <span className="sheet-mark" aria-hidden>
          <Store size={30} />
        </span>
        <h1 className="sheet-title">
          <Text id="enrol.title" />
        </h1>
        <p className="sheet-hint">
          <Text id="enrol.hint" />
        </p>
        {refusal === null ? null : <Notice tone="bad">{refusalWords(refusal, say)}</Notice>}
        <TextField
          label={say('enrol.headOffice')}
          type="url"
          inputMode="url"
          value={address}
          description={say('enrol.headOffice.description')}
          error={tried && headOffice === undefined ? say('enrol.headOffice.wrong') : undefined}
          maxLength={200}
          onChange={setAddress}
        />
        <TextField
          label={say('enrol.code')}
          value={code}
          error={tried && code.trim() === '' ? say('enrol.code.missing') : undefined}
          maxLength={40}
          onChange={setCode}
        />
        <Button kind="primary" size="large" type="submit" wide disabled={busy}>
          {busy ? <Text id="enrol.busy" /> : <Text id="enrol.submit" />}
        </Button>
      </form>
    </main>
  );
}
