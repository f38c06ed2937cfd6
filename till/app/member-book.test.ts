import { afterEach, describe, expect, it } from 'vitest';
import type { IncarnationId, MemberId } from '../../base/ids.ts';
import { NEW_MEMBER_STATE } from '../../ledger/member-state.ts';
import { newCommand, type TestTill } from '../testing/test-till.ts';
import { testTills } from '../testing/tills.ts';
import { basket, bringMember, cardNumber, enrol, pointsOf, sell } from '../testing/whole-programme.ts';

const { open, reopen, close } = testTills();
afterEach(close);

function incOf({ engine }: TestTill): IncarnationId {
  return engine.parts.stream()?.inc ?? ('' as IncarnationId); // enrolled by hand
}

describe('the member book', () => {
  it('folds an own entry on every account that it names, and counts it once where a row includes it', async () => {
    const [one, two] = [await open(), await open()];
    const [giver, receiver] = [await enrol(one, 1), await enrol(one, 2)];
    await sell(one, basket(6000, { member: giver }));
    for (const member of [giver, receiver]) bringMember(one, two, member);
    two.grant(giver, 'points', 20);
    await two.ask('member.transfer', {
      command: newCommand(),
      from: giver,
      to: receiver,
      wallet: 'points',
      amount: 20,
    });
    expect([await pointsOf(two, giver), await pointsOf(two, receiver)]).toEqual([40, 20]);
    await sell(one, basket(1000, { member: receiver }));
    bringMember(one, two, receiver, 2);
    expect([await pointsOf(two, giver), await pointsOf(two, receiver)]).toEqual([40, 30]);
    const [state] = [two.engine.parts.members.stateOf(receiver)];
    bringMember(two, two, receiver, 3, { includes: [{ inc: incOf(two), seq: 1 }] });
    expect(two.engine.parts.members.stateOf(receiver)).toEqual(state);
    expect(await pointsOf(await reopen(two), receiver)).toBe(30);
  });

  it('finds the member that a merged account and its card lead to', async () => {
    const [one, two] = [await open(), await open()];
    const [member, other] = [await enrol(one, 1), await enrol(one, 2)];
    await sell(one, basket(6000, { member }));
    for (const account of [member, other]) bringMember(one, two, account);
    bringMember(one, two, other, 2, { state: { ...NEW_MEMBER_STATE, into: member } });
    expect(await two.ask('member.identify', { card: cardNumber(2) })).toMatchObject({ member });
    expect(await two.ask('member.show', { member: other })).toMatchObject({ member, visits: 1 });
    const sale = await sell(two, basket(1000, { member: other }));
    expect(sale.member).toBe(member);
    expect(await pointsOf(two, member)).toBe(95);
  });

  it('does not write a regular’s state at every sale, and counts the same', async () => {
    const [one, two] = [await open(), await open()];
    const member: MemberId = await enrol(one, 1);
    for (let sale = 0; sale < 52; sale += 1) {
      await one.ask('sale.commit', {
        ...basket(100, { member }),
        command: newCommand(),
        reference: null,
        expectedDue: null,
      });
    }
    bringMember(one, two, member);
    await sell(two, basket(100, { member }));
    await sell(two, basket(100, { member }));
    expect(two.engine.parts.store.memberCache.find(member)?.state).toBe('');
    expect(await pointsOf(two, member)).toBe(54 + 25);
  });

  it('holds nothing of a sale that was rolled back', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    for (let sale = 0; sale < 4; sale += 1) await sell(till, basket(1000, { member }));
    const before = till.engine.parts.members.stateOf(member);
    const { store, members } = till.engine.parts;
    expect(() =>
      store.transact(() => {
        members.keep(member, { inc: incOf(till), seq: 6 }, members.standingOf(member), NEW_MEMBER_STATE);
        throw new Error('the disk is full');
      }),
    ).toThrow('the disk is full');
    expect(members.stateOf(member)).toEqual(before);
    expect(before.visits).toBe(4);
  });

  it('shows the same member after a start, and the same waiting entries', async () => {
    const till = await open();
    const members = [await enrol(till, 1), await enrol(till, 2)];
    for (let sale = 0; sale < 9; sale += 1)
      await sell(till, basket(1000, { member: members[sale % 4 === 0 ? 1 : 0] ?? null }));
    const shown = (of: TestTill) => Promise.all(members.map((member) => of.ask('member.show', { member })));
    const before = await shown(till);
    const again = await reopen(till);
    expect(await shown(again)).toEqual(before);
    expect(before.map(({ waitingEntries }) => waitingEntries)).toEqual([7, 4]);
  });
});
