import { afterEach, describe, expect, it } from 'vitest';
import { openTestTill, type TestTill } from '../testing/test-till.ts';

let till: TestTill;
afterEach(() => till.close());

describe('the customer of a sale', () => {
  it.each([
    ['that nobody has', '2999999999991'],
    ['with a wrong check digit', '2900000000019'],
    ['of a payment card', '4111111111111111'],
  ])('is nobody with a number %s: unknown-card, as the programme has no other word', async (_what, card) => {
    till = await openTestTill();
    const lines = [{ sku: 'BEANS', quantity: '1', unitPrice: 1000 }];
    expect(await till.refusal('sale.quote', { member: null, card, lines, redeem: [] })).toBe('unknown-card');
  });
});
