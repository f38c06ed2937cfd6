import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusinessDate } from '../../base/business-date.ts';
import type { HashHex, IncarnationId, MemberId, WalletId } from '../../base/ids.ts';
import { points } from '../../base/numbers.ts';
import { type Grant, grantText, signedGrantSchema } from './grant-text.ts';

// Texts that try to look like one another when they are joined: quotes, commas, brackets, line breaks.
const text = fc.string({
  unit: fc.constantFrom('a', 'b', '"', ',', '[', ']', '\\', '\n', 'null'),
  minLength: 1,
  maxLength: 4,
});
const count = fc.integer({ min: 0, max: 12 });
const hash = fc.constantFrom('0', 'f').map((digit) => digit.repeat(64) as HashHex); // in its form
const end = fc.constantFrom(null, '2026-03-01' as BusinessDate, '2026-03-02' as BusinessDate); // in its form

const grants: fc.Arbitrary<Grant> = fc.record({
  inc: text.map((id) => id as IncarnationId), // of the tests
  epoch: text,
  account: text.map((id) => id as MemberId), // likewise
  wallet: text.map((id) => id as WalletId), // likewise
  end,
  granted: count.map(points),
  at: fc.record({ seq: count, head: hash }),
});

const GRANT: Grant = {
  inc: 'inc-1' as IncarnationId, // of the tests
  epoch: 'epoch-1',
  account: 'ann' as MemberId, // likewise
  wallet: 'points' as WalletId, // likewise
  end: null,
  granted: points(50),
  at: { seq: 3, head: 'a'.repeat(64) as HashHex }, // in its form
};

describe('the text of a grant', () => {
  it('says one grant and no other', () => {
    fc.assert(
      fc.property(grants, grants, (one, other) => {
        const isSame = JSON.stringify(Object.entries(one)) === JSON.stringify(Object.entries(other));
        expect(grantText(one) === grantText(other)).toBe(isSame);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<[string, Grant]>([
    ['incarnation', { ...GRANT, inc: 'inc-2' as IncarnationId }], // of the tests
    ['epoch', { ...GRANT, epoch: 'epoch-2' }],
    ['account', { ...GRANT, account: 'ben' as MemberId }], // of the tests
    ['wallet', { ...GRANT, wallet: 'cash' as WalletId }], // of the tests
    ['end', { ...GRANT, end: '2026-03-01' as BusinessDate }], // in its form
    ['amount', { ...GRANT, granted: points(51) }],
    ['seq', { ...GRANT, at: { ...GRANT.at, seq: 4 } }],
    ['head', { ...GRANT, at: { ...GRANT.at, head: 'b'.repeat(64) as HashHex } }], // in its form
  ])('is another for another %s', (_, other) => {
    expect(grantText(other)).not.toBe(grantText(GRANT));
  });

  it('is the same after a journey', () => {
    const read = signedGrantSchema.parse(JSON.parse(JSON.stringify({ ...GRANT, signature: 's' })));
    expect(grantText(read)).toBe(grantText(GRANT));
  });
});
