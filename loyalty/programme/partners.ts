import { z } from 'zod';
import { patternMatcher } from '../partners/matcher.ts';
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
      'must be a regular expression, not a huge one, without look-around, back-references and word boundaries',
    ),
});
