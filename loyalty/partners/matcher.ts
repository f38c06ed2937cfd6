import { type Matcher, matcherOf } from './machine.ts';
import { parsePattern } from './pattern.ts';

/** Undefined for a pattern that no programme may have. */
export function patternMatcher(pattern: string): Matcher | undefined {
  const node = parsePattern(pattern);
  return node === undefined ? undefined : matcherOf(node);
}
