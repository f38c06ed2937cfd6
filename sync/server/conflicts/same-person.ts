/**
 * Whether two records are one person. Wrong either way hurts a customer: taken for one, the second sees and spends what the first has; taken
 * for two, each sees half. So only what speaks for itself is merged without a person, and a household that shares a phone is not
 * (docs/decisions/0011-two-records-of-one-person.md). Pure.
 */
import type { Person } from '../store/same-person.ts';

export type Likeness = 'same' | 'likely' | 'none';

export type Compared = Pick<Person, 'nameKey' | 'phone' | 'email' | 'birthday' | 'blocked' | 'opened'> & {
  /** The customer said that they share their phone number or e-mail address. */
  readonly sharedContact: boolean;
  /** Head office enrolled them, and had all members before its eyes. */
  readonly byHeadOffice: boolean;
};

/** `same` takes a contact and a second mark that agree, and nothing that speaks against it. */
export function likenessOf(left: Compared, right: Compared): Likeness {
  if (!isSame(left.phone, right.phone) && !isSame(left.email, right.email)) return 'none';
  if (left.blocked || right.blocked || left.sharedContact || right.sharedContact) return 'likely';
  if (left.byHeadOffice && right.byHeadOffice) return 'likely';
  const marks = [
    compared(left.phone, right.phone),
    compared(left.email, right.email),
    compared(left.nameKey, right.nameKey),
    comparedBirthdays(left.birthday, right.birthday),
  ];
  if (marks.includes('differs')) return 'likely';
  return marks.filter((mark) => mark === 'agrees').length >= 2 ? 'same' : 'likely';
}

/** A till opened it for a card that it did not know, and asked nothing: it is whoever has the card. */
export function isNobody({ nameKey, phone, email, birthday, opened, byHeadOffice }: Compared): boolean {
  return opened && !byHeadOffice && [nameKey, phone, email, birthday].every((known) => known === null);
}

function isSame(left: string | null, right: string | null): boolean {
  return left !== null && left === right;
}

function compared(left: string | null, right: string | null): 'agrees' | 'differs' | 'unknown' {
  if (left === null || right === null) return 'unknown';
  return left === right ? 'agrees' : 'differs';
}

/** One of them may be without its year. */
function comparedBirthdays(left: string | null, right: string | null): ReturnType<typeof compared> {
  if (left === null || right === null) return 'unknown';
  const length = Math.min(left.length, right.length);
  return left.slice(-length) === right.slice(-length) ? 'agrees' : 'differs';
}
