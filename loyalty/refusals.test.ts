import { describe, expect, it } from 'vitest';
import { REFUSAL_CODES, REFUSAL_SENTENCES, refusal } from './refusals.ts';

describe('refusals', () => {
  it('are the codes of the contract, each with a sentence', () => {
    expect(REFUSAL_CODES).toEqual([
      'unknown-card',
      'unknown-member',
      'card-blocked',
      'member-blocked',
      'insufficient-balance',
      'not-eligible',
      'limit-reached',
      'approval-required',
      'offline-limit',
      'nothing-to-discount',
      'bad-quantity',
      'unknown-sale',
      'already-refunded',
      'wrong-date',
      'invalid-request',
      'role-required',
      'self-referral',
      'partner-number',
    ]);
    expect(Object.values(REFUSAL_SENTENCES).every((sentence) => /^[A-Z].+\.$/.test(sentence))).toBe(true);
  });

  it('carry their own sentence or a more exact one, and a path only where there is one', () => {
    expect(refusal('unknown-card')).toEqual({ code: 'unknown-card', message: 'This card is not known.' });
    expect(refusal('bad-quantity', 'Weigh again.', 'lines.0')).toEqual({
      code: 'bad-quantity',
      message: 'Weigh again.',
      path: 'lines.0',
    });
  });
});
