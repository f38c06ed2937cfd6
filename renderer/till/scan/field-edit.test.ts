import { expect, it } from 'vitest';
import { withoutLast, withText } from './field-edit.ts';

it('takes back what a scan wrote before the caret, and nothing behind it', () => {
  expect(withoutLast({ value: 'ab123cd', start: 5, end: 5 }, 3)).toEqual({ value: 'abcd', start: 2, end: 2 });
  expect(withoutLast({ value: '12', start: 2, end: 2 }, 3)).toEqual({ value: '', start: 0, end: 0 });
});

it('gives back what was typed, in place of what is selected', () => {
  expect(withText({ value: 'abcd', start: 1, end: 3 }, 'XY')).toEqual({ value: 'aXYd', start: 3, end: 3 });
});
