import { expect, it } from 'vitest';
import { parseBirthday } from './birthday.ts';

it.each([
  ['', null],
  ['24.12.', '12-24'],
  ['24.12', '12-24'],
  ['4/2/1990', '1990-02-04'],
  ['1990-2-4', '1990-02-04'],
  ['29.2.', '02-29'],
  ['29.2.2024', '2024-02-29'],
])('reads %j', (typed, expected) => expect(parseBirthday(typed)).toBe(expected));

it.each(['29.2.2023', '31.4.', '0.1.', '24.13.', '24', 'christmas', '24.12.90'])('does not read %j', (typed) =>
  expect(parseBirthday(typed)).toBeUndefined(),
);
