import { describe, expect, it } from 'vitest';
import { evaluateSale } from '../sale/evaluate.ts';
import type { PartnerNumber } from '../sale/request.ts';
import { line, memberOf, programmeOf, refusedWith, saleOf, valueOf } from '../testing/build.ts';
import { PARTNER_NUMBER_CHARS_MAX } from './check-partner.ts';

const programme = programmeOf({
  partners: [
    { id: 'miles', pattern: '[0-9]{9}' },
    { id: 'free', pattern: '.*' },
  ],
  rewards: [{ id: 'never', cost: null, give: { kind: 'amount-off', amount: 1 }, when: { weekdays: ['sun'] } }],
});
const sale = (partner: PartnerNumber, quantity = '1', redeem: string[] = []) =>
  evaluateSale(programme, memberOf(), saleOf([line(100, { quantity })], { partner, redeem }));

describe('a partner number', () => {
  it('is carried where the whole of it matches, without a member too', () => {
    const partner = { id: 'miles', number: '123456789' };
    expect(valueOf(sale(partner)).partner).toEqual(partner);
    expect(valueOf(evaluateSale(programme, undefined, saleOf([line(1)], { partner }))).partner).toEqual(partner);
    expect('partner' in valueOf(evaluateSale(programme, undefined, saleOf([line(1)])))).toBe(false);
  });

  it.each<[string, string]>([
    ['miles', '12345678'],
    ['miles', '1234567890'],
    ['miles', 'x123456789'],
    ['kilometres', '123456789'],
    ['constructor', '123456789'],
    ['free', 'x'.repeat(PARTNER_NUMBER_CHARS_MAX + 1)],
  ])('of %s, %s, is refused', (id, number) => {
    expect(refusedWith(sale({ id, number }))).toBe('partner-number');
  });

  it('may be as long as any', () => {
    expect(sale({ id: 'free', number: 'x'.repeat(PARTNER_NUMBER_CHARS_MAX) }).ok).toBe(true);
  });

  it('is looked at after quantities and before rewards (fine print 41)', () => {
    const wrong = { id: 'miles', number: '1' };
    expect([
      refusedWith(sale(wrong, '0', ['none'])),
      refusedWith(sale(wrong, '0', ['never'])),
      refusedWith(sale(wrong, '1', ['never'])),
      refusedWith(sale({ id: 'miles', number: '123456789' }, '1', ['never'])),
    ]).toEqual(['invalid-request', 'bad-quantity', 'partner-number', 'not-eligible']);
  });
});
