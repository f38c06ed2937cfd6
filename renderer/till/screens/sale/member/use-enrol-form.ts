import { useState } from 'react';
import { useActions, useTill } from '../../../state/till-context.tsx';
import { useSay } from '../../../words/intl.ts';
import { parseBirthday } from './birthday.ts';

export type EnrolFields = { card: string; firstName: string; birthday: string; phone: string; email: string };
export type EnrolErrors = Partial<Record<keyof EnrolFields, string>>;

const EMPTY: EnrolFields = { card: '', firstName: '', birthday: '', phone: '', email: '' };

/** `scanned` fills the card's field, again with every scan. The engine's refusal of one field is shown at that field. */
export function useEnrolForm(scanned: string): {
  fields: EnrolFields;
  errors: EnrolErrors;
  set: (field: keyof EnrolFields, value: string) => void;
  submit: () => void;
} {
  const say = useSay();
  const actions = useActions();
  const refusal = useTill((state) => state.memberEnrolment.refusal);
  const [fields, setFields] = useState<EnrolFields>({ ...EMPTY, card: scanned });
  const [filledWith, setFilledWith] = useState(scanned);
  const [errors, setErrors] = useState<EnrolErrors>({});
  if (scanned !== filledWith) {
    setFilledWith(scanned);
    setFields({ ...fields, card: scanned });
  }

  const submit = (): void => {
    const birthday = parseBirthday(fields.birthday);
    const wrong: EnrolErrors = {
      ...(fields.card.trim() === '' ? { card: say('newMember.card.missing') } : {}),
      ...(birthday === undefined ? { birthday: say('newMember.birthday.wrong') } : {}),
    };
    setErrors(wrong);
    if (birthday === undefined || Object.keys(wrong).length > 0) return;
    void actions.enrolMember({
      card: fields.card.trim(),
      firstName: orNull(fields.firstName),
      phone: orNull(fields.phone),
      email: orNull(fields.email),
      birthday,
    });
  };

  const refused: EnrolErrors = isField(refusal?.path) ? { [refusal.path]: refusal.message } : {};
  return {
    fields,
    errors: { ...refused, ...errors },
    set: (field, value) => setFields((before) => ({ ...before, [field]: value })),
    submit,
  };
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

function isField(path: string | undefined): path is keyof EnrolFields {
  return path !== undefined && Object.hasOwn(EMPTY, path);
}
