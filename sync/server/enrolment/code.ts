/** Enrolment codes: made from a system's randomness, shown once, kept only as a hash. */
import { randomInt } from 'node:crypto';
import { keyedHash } from '../../../base/node/hash.ts';
import { ENROLMENT_CODE_ALPHABET, ENROLMENT_CODE_LENGTH } from '../../protocol/enrolment.ts';

export function newEnrolmentCode(): string {
  const characters = Array.from({ length: ENROLMENT_CODE_LENGTH }, () =>
    ENROLMENT_CODE_ALPHABET.charAt(randomInt(ENROLMENT_CODE_ALPHABET.length)),
  );
  return characters.join('');
}

/** As people read it: two groups. */
export function shownEnrolmentCode(code: string): string {
  const half = ENROLMENT_CODE_LENGTH / 2;
  return `${code.slice(0, half)}-${code.slice(half)}`;
}

/** Its first half says which code is meant, its second is the secret: wrong ones are counted against the code that they were meant for. */
export function codeSelector(key: string, code: string): string {
  return keyedHash(key, `enrolment code begins ${code.slice(0, ENROLMENT_CODE_LENGTH / 2)}`);
}

/** Keyed, so that a copy of the table alone gives no code away. */
export function enrolmentCodeHash(key: string, code: string): string {
  return keyedHash(key, `enrolment code ${code}`);
}
