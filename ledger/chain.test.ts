import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HashHex } from '../base/ids.ts';
import { sha256 } from '../base/node/hash.ts';
import { genesisHead, headToSign, nextHead, type StreamIdentity } from './chain.ts';

const stream = { org: 'o', till: 't', inc: 'i', publicKey: 'k' } as unknown as StreamIdentity; // names of the tests

function headOf(texts: readonly string[]): HashHex {
  return texts.reduce<HashHex>((head, text) => nextHead(sha256, head, text), genesisHead(sha256, stream));
}

const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { minLength: 1, maxLength: 12 });

describe('the hash chain', () => {
  it('is what the protocol says, so that every release and every other program gets the same heads', () => {
    const genesis = sha256('LOY1|o|t|i|k');
    expect(genesisHead(sha256, stream)).toBe(genesis);
    expect(headOf(['{"ü":1}'])).toBe(sha256(`LOY1${genesis}{"ü":1}`));
    expect(nextHead(sha256, genesis, Buffer.from('{"ü":1}', 'utf8'))).toBe(headOf(['{"ü":1}']));
    expect(headToSign(genesis)).toBe(`LOY1 head ${genesis}`);
  });

  it('sees any flipped bit', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.integer({ min: 0, max: 7 }), (written, at, bit) => {
        const bytes = written.map((text) => Buffer.from(text, 'utf8'));
        const flippable = bytes.filter((entry) => entry.length > 0);
        fc.pre(flippable.length > 0);
        const head = (entries: readonly Uint8Array[]): HashHex =>
          entries.reduce<HashHex>((before, entry) => nextHead(sha256, before, entry), genesisHead(sha256, stream));
        const before = head(bytes);
        const target = flippable[at % flippable.length];
        const byte = target === undefined ? 0 : at % target.length;
        if (target !== undefined) target[byte] = (target[byte] ?? 0) ^ (1 << bit);
        expect(head(bytes)).not.toBe(before);
      }),
    );
  });

  it('sees a swap, a drop, a repeat, and bytes that move from one entry to the next', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (written, at) => {
        const index = at % written.length;
        const entry = written[index] ?? '';
        const next = written[index + 1];
        const head = headOf(written);
        expect(headOf(written.toSpliced(index, 1))).not.toBe(head);
        expect(headOf(written.toSpliced(index, 0, entry))).not.toBe(head);
        if (next === undefined) return;
        if (next !== entry) expect(headOf(written.toSpliced(index, 2, next, entry))).not.toBe(head);
        expect(headOf(written.toSpliced(index, 2, entry + next))).not.toBe(head);
        if (entry !== '')
          expect(headOf(written.toSpliced(index, 2, entry.slice(0, -1), entry.slice(-1) + next))).not.toBe(head);
      }),
    );
  });

  it.each(['org', 'till', 'inc', 'publicKey'] as const)('begins elsewhere for another %s', (part) => {
    expect(genesisHead(sha256, { ...stream, [part]: 'x' })).not.toBe(genesisHead(sha256, stream));
  });
});
