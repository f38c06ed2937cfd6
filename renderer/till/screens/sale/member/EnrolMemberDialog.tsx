import type { FormEvent, ReactNode } from 'react';
import { Button } from '../../../../ui/button/Button.tsx';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { TextField } from '../../../../ui/field/TextField.tsx';
import { Notice } from '../../../../ui/notice/Notice.tsx';
import { useActions, useTill } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';
import { refusalWords } from '../../../words/refusal-words.ts';
import { useEnrolForm } from './use-enrol-form.ts';

/** A new member with a card, with or without a connection. */
export function EnrolMemberDialog(): ReactNode {
  const say = useSay();
  const actions = useActions();
  const dialog = useTill((state) => state.dialog);
  const card = dialog.kind === 'enrol-member' ? dialog.card : null;
  return (
    <Dialog
      open={card !== null}
      title={say('newMember.title')}
      description={say('newMember.description')}
      closeLabel={say('app.close')}
      onClose={actions.closeDialog}
    >
      {card === null ? null : <EnrolMemberForm scanned={card} />}
    </Dialog>
  );
}

function EnrolMemberForm({ scanned }: { scanned: string }): ReactNode {
  const say = useSay();
  const form = useEnrolForm(scanned);
  const { busy, refusal } = useTill((state) => state.memberEnrolment);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    form.submit();
  };
  const { fields, errors } = form;
  const optional = say('app.optional');
  return (
    <form className="enrol-member" onSubmit={submit}>
      {refusal === null || refusal.path !== undefined ? null : <Notice tone="bad">{refusalWords(refusal, say)}</Notice>}
      <div className="enrol-member-card">
        <TextField
          label={say('newMember.card')}
          initialFocus={scanned === ''}
          value={fields.card}
          error={errors.card}
          maxLength={128}
          onChange={(value) => form.set('card', value)}
        />
      </div>
      <TextField
        label={say('newMember.firstName')}
        initialFocus={scanned !== ''}
        optionalWord={optional}
        value={fields.firstName}
        error={errors.firstName}
        maxLength={80}
        onChange={(value) => form.set('firstName', value)}
      />
      <TextField
        label={say('newMember.birthday')}
        optionalWord={optional}
        value={fields.birthday}
        error={errors.birthday}
        description={say('newMember.birthday.description')}
        maxLength={10}
        onChange={(value) => form.set('birthday', value)}
      />
      <TextField
        label={say('newMember.phone')}
        optionalWord={optional}
        type="tel"
        inputMode="tel"
        value={fields.phone}
        error={errors.phone}
        maxLength={40}
        onChange={(value) => form.set('phone', value)}
      />
      <TextField
        label={say('newMember.email')}
        optionalWord={optional}
        inputMode="email"
        value={fields.email}
        error={errors.email}
        maxLength={254}
        onChange={(value) => form.set('email', value)}
      />
      <Button kind="primary" size="large" type="submit" wide disabled={busy} className="enrol-member-submit">
        {busy ? <Text id="newMember.busy" /> : <Text id="newMember.submit" />}
      </Button>
    </form>
  );
}
