import { RE2JS } from 're2js';

/**
 * The pattern of a partner's member numbers. A programme is data, and `(\d+)+x` in it must not stop a till, so an engine runs it
 * whose time grows with the number and never explodes. It has no look-around and no back-references; its syntax is RE2's.
 */

/** No number is long enough to need more. */
export const PATTERN_STEPS_MAX = 1_000;

/** Whether the whole of a text matches. */
export type Matcher = (text: string) => boolean;

/** Undefined: a pattern that no programme may have. */
export function patternMatcher(pattern: string): Matcher | undefined {
  if (stepsAtMost(pattern) > PATTERN_STEPS_MAX) return undefined;
  const compiled = compile(pattern);
  return compiled === undefined ? undefined : (text) => compiled.testExact(text);
}

const COUNTED = /([)}]?)\{(\d*),?(\d*)\}/g;

/**
 * `(a{30}){30}` is short to write and long to compile. Never too few: as if each counted group held all the others and the
 * whole text, which costs nothing to tell beforehand.
 */
function stepsAtMost(pattern: string): number {
  let steps = pattern.length;
  let groups = 1;
  for (const [, group, least, most] of pattern.matchAll(COUNTED)) {
    const count = Math.max(1, Number(least), Number(most));
    if (group === '') steps += count;
    else groups *= count;
  }
  return steps * groups;
}

function compile(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}
