import { afterEach, describe, expect, it } from 'vitest';
import { BASE_PROGRAMME, newCommand, openTestTill, type TestTill } from '../testing/test-till.ts';

let till: TestTill;
afterEach(() => till.close());

const SALE_DAY = '2026-03-05';

/** A sale without a card, and a member who has been known for longer. */
async function openWithSale(saleAt = `${SALE_DAY}T10:00:00Z`) {
  till = await openTestTill({ programme: { ...BASE_PROGRAMME, enrolment: 'automatic' }, at: '2026-03-05T09:00:00Z' });
  const person = { firstName: 'Juniper', phone: null, email: null, birthday: null };
  const { member } = await till.ask('member.enrol', { command: newCommand(), card: '2900000000018', ...person });
  till.clock.set(saleAt);
  const lines = [{ sku: 'BEANS', quantity: '1', unitPrice: 1000 }];
  const basket = { member: null, lines, redeem: [], reference: null, expectedDue: null };
  const { sale, claimCode } = await till.ask('sale.commit', { command: newCommand(), ...basket });
  return { sale, code: claimCode ?? '', member };
}

describe('a day before the sale', () => {
  it.each(['refund', 'void', 'attach', 'claim'] as const)('no %s is done', async (what) => {
    const { sale, code, member } = await openWithSale();
    till.clock.set('2026-03-04T10:00:00Z');
    const command = newCommand();
    const refusals = {
      refund: () => till.refusal('sale.refund', { command, sale, what: { all: true } }),
      void: () => till.refusal('sale.void', { command, sale }),
      attach: () => till.refusal('sale.attach', { command, sale, member }),
      claim: () => till.refusal('sale.claim', { command, code, member }),
    };
    expect(await refusals[what]()).toBe('wrong-date');
  });

  it('is what a clock shows that was set back before the sale too: the sale can be undone', async () => {
    const { sale } = await openWithSale('2026-03-04T10:00:00Z');
    till.clock.set('2026-03-04T10:05:00Z');
    const voided = await till.ask('sale.void', { command: newCommand(), sale });
    expect(voided).toMatchObject({ businessDate: SALE_DAY, money: 1000 });
  });
});
