import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hrefOf, parseRoute } from './route.ts';

it.each([
  ['', { page: 'overview' }],
  ['#/', { page: 'overview' }],
  ['#/entries', { page: 'entries' }],
  ['#/members', { page: 'members', search: '' }],
  ['#/members/', { page: 'unknown' }],
  ['#/members/%E0%A4%A', { page: 'unknown' }],
  ['#/members/a/b', { page: 'unknown' }],
  ['#/entries/1', { page: 'unknown' }],
  ['#/nowhere', { page: 'unknown' }],
])('%s is %j', (fragment, route) => {
  expect(parseRoute(fragment)).toEqual(route);
});

it('finds every member and every search again by its address', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
      expect(parseRoute(hrefOf({ page: 'member', id: text }))).toEqual({ page: 'member', id: text });
      expect(parseRoute(hrefOf({ page: 'members', search: text }))).toEqual({ page: 'members', search: text });
    }),
  );
});
