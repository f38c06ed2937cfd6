import { z } from 'zod';
import { nameField } from './fields.ts';

const PATTERN_CHARS_MAX = 200;

/** A partner programme whose member number a sale can carry, checked against the pattern. */
export const partnerSchema = z.strictObject({
  id: nameField(),
  pattern: z.string().min(1).max(PATTERN_CHARS_MAX).refine(isPattern, 'must be a regular expression'),
});

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}
