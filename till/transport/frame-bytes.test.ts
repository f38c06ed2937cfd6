import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameBytes, NOT_PLAIN } from './frame-bytes.ts';

const MAX = 10_000;

describe('the size of a frame', () => {
  it('counts text in UTF-8 bytes', () => {
    expect(frameBytes('é'.repeat(100), MAX)).toBe(202);
  });

  it('is never less than the text that the frame holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.array(fc.string())), (frame) => {
        const text = Object.entries(frame).flatMap(([key, values]) => [key, ...values]);
        expect(frameBytes(frame, Number.MAX_SAFE_INTEGER)).toBeGreaterThanOrEqual(Buffer.byteLength(text.join('')));
      }),
    );
  });

  it('takes whatever JSON can carry', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (frame) => {
        expect(frameBytes(frame, MAX)).not.toBe(NOT_PLAIN);
      }),
    );
  });

  it('passes the bound for a sparse list without walking it', () => {
    const sparse: unknown[] = [];
    sparse.length = 4_000_000_000;
    expect(frameBytes(sparse, MAX)).toBeGreaterThan(MAX);
  });

  it.each([[new Date()], [new Map()], [new Uint8Array(4)], [10n], [Symbol('s')], [() => 1], [[{ deep: new Set() }]]])(
    'does not take %s',
    (frame) => {
      expect(frameBytes(frame, MAX)).toBe(NOT_PLAIN);
    },
  );
});
