import { afterEach, describe, expect, it } from 'vitest';
import type { MemberId } from '../../base/ids.ts';
import { newCommand, type TestTill } from '../testing/test-till.ts';
import { testTills } from '../testing/tills.ts';
import { cardNumber, enrol } from '../testing/whole-programme.ts';

const { open, close } = testTills();
afterEach(close);

const PERSON = { firstName: null, phone: null, email: null, birthday: null };
const ID = 'chosen' as MemberId; // an id that a caller has

const refused = (till: TestTill, more: object) =>
  till.refusal('member.enrol', { command: newCommand(), card: cardNumber(5), ...PERSON, ...more });

describe('an enrolment', () => {
  it('takes the id, clubs and segments that the caller names, with or without a card', async () => {
    const till = await open();
    const asked = { command: newCommand(), card: null, ...PERSON, member: ID, clubs: ['vip'], segments: ['staff'] };
    expect(await till.ask('member.enrol', asked)).toMatchObject({ member: ID, cards: [], clubs: ['vip'] });
    expect(till.engine.parts.members.find(ID)?.profile.segments).toEqual(['staff']);
    expect(await refused(till, { member: ID })).toBe('invalid-request');
    expect(await refused(till, { clubs: ['nosuch'] })).toBe('invalid-request');
  });

  it('lets nobody refer themself, by id, card, phone or e-mail', async () => {
    const till = await open();
    const referrer = await enrol(till, 1, { phone: '+49 30 1234567', email: 'ivy@example.org' });
    const brought = { referredBy: { member: referrer } };
    expect(await refused(till, { ...brought, phone: '030 1234567' })).toBe('self-referral');
    expect(await refused(till, { ...brought, email: 'Ivy@example.org' })).toBe('self-referral');
    expect(await refused(till, { member: ID, referredBy: { member: ID } })).toBe('self-referral');
    expect(await refused(till, { referredBy: { card: cardNumber(5) } })).toBe('self-referral');
    const member = await enrol(till, 2, { referredBy: { card: cardNumber(1) } });
    expect(till.engine.parts.members.stateOf(member).referral.by).toBe(referrer);
  });

  it('is refused in the order of the fine print', async () => {
    const till = await open();
    const member = await enrol(till, 1, { phone: '+49301234567' });
    const nobody = { referredBy: { member: 'nobody' } };
    const taken = { card: cardNumber(1) };
    expect(await refused(till, { ...taken, ...nobody, member })).toBe('invalid-request');
    expect(await refused(till, { ...taken, ...nobody })).toBe('unknown-member');
    expect(await refused(till, { ...taken, referredBy: { member }, phone: '+49301234567' })).toBe('self-referral');
    expect(await refused(till, taken)).toBe('invalid-request');
  });

  it('asks before two members share a phone number', async () => {
    const till = await open();
    await enrol(till, 1, { phone: '+49301234567' });
    expect(await refused(till, { phone: '030 123 45 67' })).toBe('invalid-request');
    await enrol(till, 2, { phone: '030 123 45 67', allowSharedContact: true });
    expect((await till.ask('member.find', { text: '+49301234567' })).members).toHaveLength(2);
  });
});
