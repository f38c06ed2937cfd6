import { afterEach, describe, expect, it } from 'vitest';
import type { HashHex, IncarnationId, MemberId } from '../../../base/ids.ts';
import { present } from '../../../base/assert.ts';
import { parseEntry } from '../../../ledger/entry.ts';
import type { AppliedPage } from '../../../sync/client/ports.ts';
import type { MemberRow } from '../../../sync/protocol/feed.ts';
import { signedGrant, TEST_EPOCH } from '../../testing/grants.ts';
import { BASE_PROGRAMME, newCommand, type TestTill } from '../../testing/test-till.ts';
import { testTills } from '../../testing/tills.ts';
import { basket, enrol, pointsOf, sell } from '../../testing/whole-programme.ts';
import { feedSink } from '../feed-sink.ts';
import { openGiveBack } from './give-back.ts';

const { open, close } = testTills();
afterEach(close);

const END = '2027-03-02';
const OTHER = 'another' as IncarnationId;

/** The till's own side of the feed, as the link puts it together. */
function sinkOf({ engine: { parts } }: TestTill) {
  const giveBack = openGiveBack(() => parts);
  const sink = feedSink(parts.store, giveBack, () => parts.members.rowsChanged());
  let position = 0;
  const apply = (...rows: AppliedPage['rows']): void => {
    position += 1;
    sink.apply({ epoch: TEST_EPOCH, rows, next: position, serverTime: 1_000, complete: true });
  };
  return { giveBack, apply };
}

function rowOf({ engine: { parts } }: TestTill, member: MemberId, more: Partial<MemberRow> = {}): MemberRow {
  const { state, profile } = present(parts.members.find(member), 'a member of the till');
  const { displayName, birthday, joined, blocked, phoneHash, emailHash } = profile;
  return {
    kind: 'member',
    position: 1,
    member,
    version: 1,
    profile: { displayName, birthday, segments: [], joined, blocked, phoneHash, emailHash },
    cards: [],
    state,
    includes: [],
    recall: null,
    ...more,
  };
}

/** What the till's entries gave back, and why. */
function givenBack({ engine: { parts } }: TestTill) {
  const { inc } = present(parts.stream(), 'it is enrolled');
  return parts.store.entries.from(inc, 1, 100).flatMap(({ bytes }) => {
    const parsed = parseEntry(bytes.toString('utf8'));
    if (!parsed.ok || !parsed.value.known || parsed.value.entry.kind !== 'allowance-return') return [];
    const { body, allowances } = parsed.value.entry;
    return [[body.reason, allowances?.returned?.map(({ account, amount }) => [account, amount])]];
  });
}

describe('what another till waits for', () => {
  it('is given back before the row is put, once, and not by the till that waits', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    await sell(till, basket(6000, { member }));
    const { apply } = sinkOf(till);
    const own = present(till.engine.parts.stream(), 'it is enrolled').inc;
    apply(rowOf(till, member, { recall: { wanted: own } }));
    expect(givenBack(till)).toEqual([]);
    const recalled = rowOf(till, member, { version: 2, recall: { wanted: OTHER } });
    apply(recalled);
    apply(recalled);
    expect(givenBack(till)).toEqual([['recalled', [[member, 60]]]]);
    const asked = {
      ...basket(0, { lines: [{ sku: 'COFFEE', quantity: '1', unitPrice: 350 }], member }),
      redeem: [{ reward: 'free-coffee' }],
    };
    expect(await till.refusal('sale.quote', asked)).toBe('offline-limit');
  });

  it('is that of all ids that lead to the member', async () => {
    const till = await open({ programme: { ...BASE_PROGRAMME, enrolment: 'automatic' } });
    const member = await enrol(till, 1);
    const anonymous = await sell(till, basket(1000));
    await sell(till, basket(2000, { member }));
    await till.ask('sale.claim', { command: newCommand(), code: anonymous.claimCode ?? '', member });
    expect(await pointsOf(till, member)).toBe(30);
    const [wallet] = (await till.ask('member.show', { member })).balances;
    expect(wallet).toMatchObject({ spendable: 30, offline: 30 });
    sinkOf(till).apply(rowOf(till, member, { recall: { wanted: OTHER } }));
    expect(givenBack(till)).toEqual([
      [
        'recalled',
        expect.arrayContaining([
          [member, 20],
          [anonymous.unclaimed, 10],
        ]),
      ],
    ]);
  });

  it('stays where it is at a till whose data are a copy: what it would give back it may not have', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    await sell(till, basket(6000, { member }));
    const grant = signedGrant(
      till.engine.parts,
      { member, wallet: 'points', amount: 1, end: END },
      { at: { seq: 7, head: '0'.repeat(64) as HashHex } }, // of no entry
    );
    const { apply, giveBack } = sinkOf(till);
    apply({ kind: 'grant', position: 1, grant }, rowOf(till, member, { recall: { wanted: OTHER } }));
    giveBack.ended();
    expect(givenBack(till)).toEqual([]);
  });
});

describe('what has ended', () => {
  it('is given back at the next contact, and looked for once a business date', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    till.grant(member, 'points', 25, '2026-03-10');
    till.grant(member, 'points', 8, END);
    const { giveBack } = sinkOf(till);
    giveBack.ended();
    till.clock.set('2026-03-10T10:00:00Z');
    giveBack.ended();
    giveBack.ended();
    expect(givenBack(till)).toEqual([['ended', [[member, 25]]]]);
  });

  it('is looked for again when a grant ended on its way', async () => {
    const till = await open();
    const member = await enrol(till, 1);
    const { giveBack, apply } = sinkOf(till);
    giveBack.ended();
    const grant = signedGrant(till.engine.parts, { member, wallet: 'points', amount: 4, end: '2026-03-01' });
    apply({ kind: 'grant', position: 1, grant });
    giveBack.ended();
    expect(givenBack(till)).toEqual([['ended', [[member, 4]]]]);
  });
});
