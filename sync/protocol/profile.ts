/** A person's data as it travels, sealed, from the till that enrolled them to head office. It never enters an entry. */
import { z } from 'zod';

export const PROFILE_NAME_CHARS_MAX = 80;

export const enrolProfileSchema = z.strictObject({
  /** Random, base64url: makes the entry's commitment say nothing about who it is. */
  salt: z.string().min(22).max(64),
  firstName: z.string().min(1).max(PROFILE_NAME_CHARS_MAX).nullable(),
  /** E.164. */
  phone: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/)
    .nullable(),
  email: z.email().max(254).nullable(),
  /** `YYYY-MM-DD`, or `MM-DD` where the year was not given. */
  birthday: z
    .string()
    .regex(/^(?:\d{4}-)?\d{2}-\d{2}$/)
    .nullable(),
  segments: z.array(z.string().max(64)).max(50),
});
export type EnrolProfile = z.infer<typeof enrolProfileSchema>;

/** The exact text that is sealed, and that the entry's commitment is the SHA-256 of. */
export function profileText(profile: EnrolProfile): string {
  const { salt, firstName, phone, email, birthday, segments } = profile;
  return JSON.stringify({ salt, firstName, phone, email, birthday, segments });
}
