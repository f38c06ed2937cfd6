/** The person behind an enrolment: checked, in the one form that is compared, and hashed to look up by. */
import { parseBusinessDate } from '../../base/business-date.ts';
import { normaliseEmail, normalisePhone } from '../../base/contact.ts';
import { keyedHash, randomBase64url } from '../../base/node/hash.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import type { EnrolProfile } from '../../sync/protocol/profile.ts';
import type { TillStore } from '../store/till-store.ts';

export type AskedProfile = {
  readonly firstName: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly birthday: string | null;
  readonly segments?: readonly string[] | undefined;
};

export type ContactHashes = { readonly phoneHash: string | null; readonly emailHash: string | null };

export function profileOf(asked: AskedProfile, countryCode: string): Result<EnrolProfile, Refusal> {
  const phone = asked.phone === null ? null : normalisePhone(asked.phone, countryCode);
  if (phone === undefined)
    return refused('invalid-request', 'This is no phone number. Write it with its country code.', 'phone');
  const email = asked.email === null ? null : normaliseEmail(asked.email);
  if (email === undefined) return refused('invalid-request', 'This is no e-mail address.', 'email');
  if (asked.birthday !== null && !isBirthday(asked.birthday)) {
    return refused('invalid-request', 'This is no date. Write year, month and day, or month and day.', 'birthday');
  }
  return ok({
    salt: randomBase64url(16),
    firstName: asked.firstName,
    phone,
    email,
    birthday: asked.birthday,
    segments: [...new Set(asked.segments ?? [])],
  });
}

/** `YYYY-MM-DD`, or `MM-DD` in a leap year, so that 29 February counts. */
function isBirthday(text: string): boolean {
  return parseBusinessDate(text.length === 5 ? `2000-${text}` : text) !== undefined;
}

export function contactHashes(
  { phone, email }: Pick<EnrolProfile, 'phone' | 'email'>,
  lookupKey: string,
): ContactHashes {
  return {
    phoneHash: phone === null ? null : keyedHash(lookupKey, phone),
    emailHash: email === null ? null : keyedHash(lookupKey, email),
  };
}

/** A contact that another member has is a question to the customer: it may be the same person, or a family. */
export function contactTaken(
  { store }: { readonly store: TillStore },
  { phoneHash, emailHash }: ContactHashes,
): Refusal | undefined {
  const taken = (hash: string | null) =>
    hash !== null && (store.members.findByContact(hash).length > 0 || store.ownProfiles.findByContact(hash).length > 0);
  if (taken(phoneHash)) return double('A member with this phone number is enrolled already.', 'phone');
  if (taken(emailHash)) return double('A member with this e-mail address is enrolled already.', 'email');
  return undefined;
}

function double(message: string, path: string): Refusal {
  return { code: 'invalid-request', message, path };
}

export function birthdayColumns(birthday: string | null): {
  birthdayMonth: number | null;
  birthdayDay: number | null;
} {
  const [month, day] = birthday === null ? [] : birthday.slice(-5).split('-').map(Number);
  return { birthdayMonth: month ?? null, birthdayDay: day ?? null };
}
