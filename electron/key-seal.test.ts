import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeySeal } from './key-seal.ts';

const newKey = (): string => randomBytes(32).toString('base64url');

describe('the seal', () => {
  it('opens what it sealed, and hides it', () => {
    const { seal, unseal } = createKeySeal(newKey());
    fc.assert(
      fc.property(fc.string({ minLength: 8, unit: 'binary' }), (text) => {
        const sealed = seal(text);
        expect(unseal(sealed)).toBe(Buffer.from(text, 'utf8').toString('utf8'));
        expect(Buffer.from(sealed, 'base64url').includes(Buffer.from(text, 'utf8'))).toBe(false);
      }),
    );
  });

  it('never gives the same bytes twice', () => {
    const { seal } = createKeySeal(newKey());
    expect(seal('the key')).not.toBe(seal('the key'));
  });

  it('does not open under another key', () => {
    expect(createKeySeal(newKey()).unseal(createKeySeal(newKey()).seal('the key'))).toBeUndefined();
  });

  it('does not open where any byte was changed or is missing', () => {
    const { seal, unseal } = createKeySeal(newKey());
    const sealed = Buffer.from(seal('the key'), 'base64url');
    const changed = [...sealed.keys()].map((at) => {
      const copy = Buffer.from(sealed);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return unseal(copy.toString('base64url'));
    });
    const cut = [...sealed.keys()].map((length) => unseal(sealed.subarray(0, length).toString('base64url')));
    expect([...changed, ...cut].filter((text) => text !== undefined)).toEqual([]);
  });
});
