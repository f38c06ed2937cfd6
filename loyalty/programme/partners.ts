import { z } from 'zod';
import { patternMatcher } from '../partners/pattern.ts';
import { nameField } from './fields.ts';

const PATTERN_CHARS_MAX = 200;

/** A partner programme whose member number a sale can carry; the whole number must match the pattern. */
export const partnerSchema = z.strictObject({
  id: nameField(),
  pattern: z
    .string()
    .min(1)
    .max(PATTERN_CHARS_MAX)
    .refine(
      (text) => patternMatcher(text) !== undefined,
      'must be a regular expression as RE2 reads it (without look-around and back-references), and not a huge one',
    ),
});
