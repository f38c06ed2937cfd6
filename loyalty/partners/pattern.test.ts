import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RE2JS } from 're2js';
import { PATTERN_STEPS_MAX, patternMatcher } from './pattern.ts';

const matches = (pattern: string, text: string) => patternMatcher(pattern)?.(text);

const PATTERN_WITH_COUNTS = fc.letrec<{ pattern: string; part: string }>((tie) => ({
  pattern: fc.array(tie('part'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
  part: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', '.', '[^a]', 'a{3}', '.{0,64}', 'a?', 'a*'),
    fc
      .tuple(tie('pattern'), fc.constantFrom('', '*', '+', '?', '{2}', '{0,7}', '{3,}', '{40}'))
      .map(([inner, sign]) => `(${inner})${sign}`),
  ),
})).pattern;

describe('a partner pattern', () => {
  it.each<[string, string[], string[]]>([
    ['[0-9]{9}', ['123456789'], ['12345678', '1234567890', '12345678x', '']],
    ['^[0-9]{3}$', ['123'], ['1234', ' 123']],
    ['\\d{2,4}', ['12', '123', '1234'], ['1', '12345']],
    ['\\d{2,}', ['12', '123456'], ['1']],
    ['M[A-Z]+-\\d*', ['MAB-', 'MX-77'], ['M-7', 'mab-1']],
    ['(?:ab|c)?d', ['abd', 'cd', 'd'], ['acd', 'ab']],
    ['(a|b(c|d)){2}', ['aa', 'bca', 'bdbc'], ['a', 'bb']],
    ['(?<code>[^x\\]]+)', ['abc', '['], ['x', ']', '']],
    ['a||b', ['a', '', 'b'], ['ab']],
    ['a.c', ['abc', 'a\u{1F600}c'], ['ac', 'a\nc']],
    ['\\x41\\x{42}\\p{L}', ['ABé'], ['AB1', 'AB']],
    ['(?i:m)\\d\\b.+', ['m1-', 'M1-'], ['m12', 'x1-']],
    ['\\d+', ['12'], ['١٢', '12\n']],
    ['a|ab|abc', ['a', 'ab', 'abc'], ['abcd', 'b']],
    ['[\\d.\\-]+', ['1.2-3'], ['1,2']],
    ['(^a|b$)+', ['a', 'b', 'ab'], ['ba', 'aa']],
    ['(a*)*', ['', 'aaa'], ['b']],
    ['a{0}b', ['b'], ['ab']],
    ['a+?b*?', ['a', 'aab'], ['b']],
    ['x|y', ['x', 'y'], ['xy', 'xx']],
  ])('%j takes the whole of %j, and not %j', (pattern, whole, others) => {
    expect(whole.map((text) => matches(pattern, text))).toEqual(whole.map(() => true));
    expect(others.map((text) => matches(pattern, text))).toEqual(others.map(() => false));
  });

  it.each([
    '[',
    '(',
    'a{2,1}',
    '*',
    '(?=a)a',
    '(?!a)b',
    '(?<=a)b',
    '(?<!a)b',
    '(a)\\1',
    '(?<n>a)\\k<n>',
    '\\u0041',
    '[^]',
    'a{3000}',
    '(((a{90}){90}){90})',
    '(a{0,99}){99}',
    '((a{9}){9}){9}',
    '(?:.{0,31}){0,32}'.repeat(9),
    '.{0,99}'.repeat(10),
  ])('cannot be %j', (pattern) => {
    expect(patternMatcher(pattern)).toBeUndefined();
  });

  it.each(['(a+)+$', '(a|a)*', '(a|aa)+', 'a*a*a*a*a*a*a*a*a*a*a*a*b', '(.*)*c', '((a{1,9}){1,9})*'])(
    '%j, which stops other engines, answers',
    (pattern) => {
      expect(matches(pattern, `${'a'.repeat(63)}!`)).toBe(false);
    },
  );

  it.each(['[A-Z]{2}-(?:\\d{4} ){5}\\d{4}', '\\d{1,64}', '(\\d{3}-){3}(\\d{2}-){2}(\\d{4}){2}'])(
    'can be %j',
    (pattern) => {
      expect(patternMatcher(pattern)).toBeDefined();
    },
  );

  it('is refused as huge before anything as large is built', () => {
    fc.assert(
      fc.property(PATTERN_WITH_COUNTS, (pattern) => {
        fc.pre(patternMatcher(pattern) !== undefined);
        expect(RE2JS.compile(pattern).programSize()).toBeLessThanOrEqual(5 * PATTERN_STEPS_MAX);
      }),
      { numRuns: 500 },
    );
  });

  it('says what the language itself says', () => {
    const piece = fc.constantFrom('a', 'b', '[ab]', '\\w', '.', '^', '$', '(?:a|b)', '(b)');
    const repeat = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '{0,}', '+?');
    const sequence = fc
      .array(fc.tuple(piece, repeat), { maxLength: 4 })
      .map((parts) => parts.map(([part, sign]) => (part === '^' || part === '$' ? part : part + sign)).join(''));
    const pattern = fc
      .tuple(sequence, sequence, sequence, repeat)
      .map(([one, other, last, sign]) => `(${one}|${other})${sign}${last}`);
    const text = fc.stringMatching(/^[abc]{0,8}$/);
    fc.assert(
      fc.property(pattern, text, (some, number) => {
        const answer = matches(some, number);
        fc.pre(answer !== undefined);
        expect(answer).toBe(new RegExp(`^(?:${some})$`, 'u').test(number));
      }),
      { numRuns: 2_000 },
    );
  });
});
