import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal } from './decimal.ts';
import { rational } from './rational.ts';

describe('parseDecimal', () => {
  it.each([
    ['0', [0, 1]],
    ['0.375', [3, 8]],
    ['1.5000', [3, 2]],
    ['-0.5', [-1, 2]],
    ['100000', [100_000, 1]],
    ['0.0001', [1, 10_000]],
  ] as const)('reads %s exactly', (text, [top, bottom]) => {
    expect(parseDecimal(text)).toEqual(rational(top, bottom));
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '01',
    '.5',
    '5.',
    '1,5',
    '1e9',
    '0x10',
    '1.00000',
    'NaN',
    'Infinity',
    '--1',
    '1_000',
    '١',
    '12345678901234567',
  ])('does not read %j', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });

  it('reads every decimal with at most 4 places as its ten-thousandths', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 16n }), fc.boolean(), (parts, negative) => {
        const text = `${negative ? '-' : ''}${parts / 10_000n}.${String(parts % 10_000n).padStart(4, '0')}`;
        expect(parseDecimal(text)).toEqual(rational(negative ? -parts : parts, 10_000n));
      }),
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseDecimal(text)));
  });
});
