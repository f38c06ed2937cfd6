import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha256 } from './hash.ts';

it('hashes text as its UTF-8 bytes, however it is cut', () => {
  const wellFormed = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(fc.array(wellFormed, { minLength: 1, maxLength: 4 }), (parts) => {
      const whole = createHash('sha256')
        .update(Buffer.from(parts.join(''), 'utf8'))
        .digest('hex');
      expect(sha256(...parts)).toBe(whole);
      expect(sha256(...parts.map((part) => Buffer.from(part, 'utf8')))).toBe(whole);
    }),
  );
});
