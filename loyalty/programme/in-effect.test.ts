import { describe, expect, it } from 'vitest';
import { present } from '../../base/assert.ts';
import { parseBusinessDate } from '../../base/business-date.ts';
import { programmeInEffect } from './in-effect.ts';

const date = (text: string) => present(parseBusinessDate(text), text);
const version = (number: number, from: string) => ({ version: number, effectiveFrom: date(from) });

describe('programmeInEffect (fine print 13)', () => {
  const versions = [
    version(3, '2026-09-01'),
    version(1, '2026-01-01'),
    version(2, '2026-06-01'),
    version(4, '2026-06-01'),
  ];

  it.each([
    ['2025-12-31', undefined],
    ['2026-01-01', 1],
    ['2026-05-31', 1],
    ['2026-06-01', 4],
    ['2026-12-31', 4],
  ])('on %s it is version %s', (on, expected) => {
    expect(programmeInEffect(versions, date(on))?.version).toBe(expected);
  });

  it('is none where none was published', () => {
    expect(programmeInEffect([], date('2026-01-01'))).toBeUndefined();
  });
});
