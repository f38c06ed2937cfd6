import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CardCode, MemberId } from '../../../base/ids.ts';
import { keyedHash, sha256 } from '../../../base/node/hash.ts';
import { seal } from '../../../base/node/sealed-box.ts';
import { parseEntry, type Entry } from '../../../ledger/entry.ts';
import { foldEntries } from '../../../ledger/fold/apply.ts';
import { NEW_MEMBER_STATE } from '../../../ledger/member-state.ts';
import { byOrder } from '../../../ledger/order.ts';
import { encodeState } from '../../../ledger/state-text.ts';
import { NO_TERMS } from '../../../ledger/terms.ts';
import { profileText, type EnrolProfile } from '../../protocol/profile.ts';
import { flagsOf } from '../store/flags.ts';
import { loadOrganisation, type Organisation } from '../store/organisation.ts';
import { testServers } from '../testing/databases.ts';
import { startTestHeadOffice, TEST_NOW, type TestHeadOffice } from '../testing/test-head-office.ts';
import {
  batchOf,
  earning,
  enrolBody,
  POINTS,
  record,
  recordSale,
  saleBody,
  type TestTill,
} from '../testing/test-till.ts';
import { resumeDeferred } from './resume.ts';

const PROFILE: EnrolProfile = {
  salt: 'abcdefghijklmnopqrstuvwxyz',
  firstName: 'İlayda',
  phone: '+491711234567',
  email: 'Ilayda@example.org',
  birthday: '1990-05-04',
  segments: ['staff'],
};

describe.each(testServers())('the fold of head office on $title', (server) => {
  let ho: TestHeadOffice;
  let org: Organisation;
  let count = 0;

  beforeAll(async () => {
    ho = await startTestHeadOffice(server);
    org = (await loadOrganisation(ho.database)) as Organisation; // head office has started
  });
  afterAll(() => ho.close());

  const newTill = (): Promise<TestTill> => {
    count += 1;
    return ho.enrolTill(`fold-${count}`);
  };
  const newMember = (): MemberId => {
    count += 1;
    return `member-${count}` as MemberId; // a name of the tests
  };
  const pushAll = async (till: TestTill, rest: object = {}): Promise<void> => {
    expect(await ho.push(till, { ...batchOf(till), ...rest })).toMatchObject({
      status: 200,
      body: { status: 'accepted' },
    });
    await ho.office.admin.foldToEnd();
  };
  const view = (member: MemberId): ReturnType<TestHeadOffice['office']['admin']['memberView']> =>
    ho.office.admin.memberView(member);
  const flagsAt = async (till: TestTill): Promise<[number, string][]> =>
    (await flagsOf(ho.database, till.identity.inc)).map(({ seq, code }) => [seq, code]);

  it('makes a member of an enrol entry, with cards and, unsealed, who they are', async () => {
    const [till, member] = [await newTill(), newMember()];
    const text = profileText(PROFILE);
    record(till, {
      at: TEST_NOW,
      kind: 'enrol',
      member,
      body: enrolBody(['77001', '77002'], sha256(text)),
      signed: true,
    });
    await pushAll(till, { profiles: [{ seq: 1, sealed: seal(org.sealing.publicKey, text) }] });
    const seen = await view(member);
    expect([seen?.profile, seen?.cards, seen?.includes]).toEqual([
      {
        displayName: 'İlayda',
        birthday: { month: 5, day: 4 },
        segments: ['staff'],
        joined: '2026-01-01',
        blocked: false,
        phoneHash: keyedHash(org.lookupKey, '+491711234567'),
        emailHash: keyedHash(org.lookupKey, 'ilayda@example.org'),
      },
      [
        { code: '77001', status: 'active' },
        { code: '77002', status: 'active' },
      ],
      { [till.identity.inc]: 1 },
    ]);
    const sealed = await ho.database<
      { sealed: string | null }[]
    >`select sealed from sealed_profile where inc = ${till.identity.inc}`;
    expect([...sealed]).toEqual([{ sealed: null }]);
    expect(await flagsAt(till)).toEqual([]);
  });

  it('flags a profile that is not what the entry committed to, and one sealed to another key', async () => {
    const [till, member, other] = [await newTill(), newMember(), newMember()];
    const text = profileText(PROFILE);
    record(till, { at: TEST_NOW, kind: 'enrol', member, body: enrolBody([], sha256(text)) });
    record(till, { at: TEST_NOW, kind: 'enrol', member: other, body: enrolBody([], sha256(text)) });
    const tampered = seal(org.sealing.publicKey, text.replace('İlayda', 'Mallory'));
    await pushAll(till, {
      profiles: [
        { seq: 1, sealed: tampered },
        { seq: 2, sealed: tampered.split('').toReversed().join('') },
      ],
    });
    expect(await flagsAt(till)).toEqual([
      [1, 'profile-tampered'],
      [2, 'profile-unreadable'],
    ]);
    expect([(await view(member))?.profile.displayName, (await view(other))?.profile.displayName]).toEqual([null, null]);
  });

  it('takes a profile that comes after its entry', async () => {
    const [till, member] = [await newTill(), newMember()];
    const text = profileText({ ...PROFILE, phone: null, email: null });
    record(till, { at: TEST_NOW, kind: 'enrol', member, body: enrolBody([], sha256(text)) });
    await pushAll(till);
    const before = await view(member);
    await pushAll(till, { profiles: [{ seq: 1, sealed: seal(org.sealing.publicKey, text) }] });
    const after = await view(member);
    expect([
      before?.profile.displayName,
      after?.profile.displayName,
      (after?.version ?? 0) > (before?.version ?? 0),
    ]).toEqual([null, 'İlayda', true]);
  });

  it.each([
    ['the later comes second', 0],
    ['the later comes first', 1],
  ])('leaves a card claimed twice with the first in order: %s', async (_title, first) => {
    const [early, late] = [await newTill(), await newTill()];
    const [winner, loser] = [newMember(), newMember()];
    const code = `88-${count}` as CardCode; // a name of the tests
    record(early, { at: TEST_NOW, kind: 'enrol', member: winner, body: enrolBody([code]) });
    record(late, { at: TEST_NOW + 1_000, kind: 'enrol', member: loser, body: enrolBody([code]) });
    for (const till of first === 0 ? [early, late] : [late, early]) await pushAll(till);
    expect([(await view(winner))?.cards, (await view(loser))?.cards]).toEqual([[{ code, status: 'active' }], []]);
    expect([await flagsAt(early), await flagsAt(late)]).toEqual([[], [[1, 'card-taken']]]);
  });

  it('keeps the first in order of two enrolments of one member', async () => {
    const [early, late, member] = [await newTill(), await newTill(), newMember()];
    record(early, { at: TEST_NOW, kind: 'enrol', member, body: enrolBody([], null, '2026-02-02') });
    record(late, { at: TEST_NOW + 5, kind: 'enrol', member, body: enrolBody([], null, '2026-03-03') });
    await pushAll(late);
    await pushAll(early);
    expect((await view(member))?.profile.joined).toBe('2026-02-02');
    expect([await flagsAt(early), await flagsAt(late)]).toEqual([[], [[1, 'member-enrolled-twice']]]);
  });

  it('lets entries wait behind one of a kind of later, on that member and stream only', async () => {
    const [till, other, member, free] = [await newTill(), await newTill(), newMember(), newMember()];
    recordSale(till, TEST_NOW, member, 1);
    record(till, { at: TEST_NOW + 1, kind: 'teleport', member, postings: earning(free, 100), body: {} });
    recordSale(till, TEST_NOW + 2, member, 10);
    recordSale(till, TEST_NOW + 3, newMember(), 1);
    recordSale(other, TEST_NOW + 4, member, 100);
    recordSale(other, TEST_NOW + 5, free, 5);
    await pushAll(till);
    await pushAll(other);
    const seen = await view(member);
    expect([seen?.balances, seen?.includes]).toEqual([
      { points: 101 },
      { [till.identity.inc]: 1, [other.identity.inc]: 1 },
    ]);
    recordSale(till, TEST_NOW + 6, free, 50);
    await pushAll(till);
    expect((await view(free))?.balances).toEqual({ points: 5 });
  });

  it('takes up what waited once its kind is known', async () => {
    const [till, member] = [await newTill(), newMember()];
    recordSale(till, TEST_NOW, member, 1);
    recordSale(till, TEST_NOW + 1, member, 2);
    await pushAll(till);
    // As if the second had been of a kind that an older head office did not know.
    await ho.database`insert into deferral (member, inc, from_seq) values (${member}, ${till.identity.inc}, 2)`;
    await ho.database`update member_state set state = ${encodeState(NEW_MEMBER_STATE)}, last_order = '', includes = '{}' where member = ${member}`;
    expect(await resumeDeferred(ho.database, TEST_NOW)).toEqual([member]);
    expect([(await view(member))?.balances, (await view(member))?.includes]).toEqual([
      { points: 3 },
      { [till.identity.inc]: 2 },
    ]);
    expect(await resumeDeferred(ho.database, TEST_NOW)).toEqual([]);
  });

  it('goes past an entry whose sums no integer holds, and flags it', async () => {
    const [till, member] = [await newTill(), newMember()];
    recordSale(till, TEST_NOW, member, Number.MAX_SAFE_INTEGER);
    recordSale(till, TEST_NOW + 86_400_000, member, Number.MAX_SAFE_INTEGER);
    recordSale(till, TEST_NOW + 2 * 86_400_000, member, Number.MAX_SAFE_INTEGER);
    ho.clock.now = TEST_NOW + 3 * 86_400_000;
    await pushAll(till);
    ho.clock.now = TEST_NOW;
    expect((await flagsAt(till)).filter(([, code]) => code === 'cannot-apply').length).toBeGreaterThan(0);
    expect((await view(member))?.includes).toEqual({ [till.identity.inc]: 3 });
  });

  it('flags an id that two entries have, and a clock that is ahead', async () => {
    const [till, other] = [await newTill(), await newTill()];
    const text = recordSale(till, TEST_NOW + 3_600_000, null, 0).text;
    record(other, { at: TEST_NOW, kind: 'sale', body: saleBody('x', 0), id: (JSON.parse(text) as Entry).id }); // just written
    await pushAll(till);
    await pushAll(other);
    expect([await flagsAt(till), await flagsAt(other)]).toEqual([[[1, 'clock-ahead']], [[1, 'duplicate-id']]]);
  });

  it('folds late entries as if they had come in order', { timeout: 60_000 }, async () => {
    const tills = [await newTill(), await newTill(), await newTill()];
    const step = fc.record({
      till: fc.nat(2),
      hour: fc.nat(400),
      amount: fc.integer({ min: 0, max: 9 }),
      kind: fc.constantFrom('sale', 'spend', 'void'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat(2), { maxLength: 6 }),
        async (steps, pushOrder) => {
          const member = newMember();
          const starts = tills.map((till) => till.entries.length);
          for (const { till, hour, amount, kind } of steps)
            write(tills[till] as TestTill, member, TEST_NOW - hour * 3_600_000, amount, kind); // of three
          for (const index of [...pushOrder, 0, 1, 2]) {
            const till = tills[index] as TestTill; // of three
            const from = starts[index] ?? 0;
            await ho.push(till, batchOf(till, from + 1));
            await ho.office.admin.foldToEnd();
          }
          const entries = tills
            .flatMap((till, index) => till.entries.slice(starts[index]))
            .map(({ text }) => readEntry(text));
          const expected = foldEntries(new Map(), entries.toSorted(byOrder), NO_TERMS).get(member) ?? NEW_MEMBER_STATE;
          const seen = await view(member);
          expect(encodeState(seen?.state ?? NEW_MEMBER_STATE)).toBe(encodeState(expected));
          expect(seen !== undefined).toBe(entries.length > 0);
        },
      ),
      { numRuns: 25 },
    );
  });
});

/** A till's clock never goes back, but its business dates may, which is what makes an entry late. */
function write(till: TestTill, member: MemberId, at: number, amount: number, kind: string): void {
  const bd = new Date(at).toISOString().slice(0, 10);
  if (kind === 'sale') return void recordSale(till, at, member, amount, { bd });
  if (kind === 'spend') {
    const postings = earning(member, -amount).map((posting) =>
      posting.account === 'issued' ? { ...posting, account: 'redeemed' as const } : posting,
    );
    return void record(till, {
      at,
      bd,
      kind: 'sale',
      member,
      postings,
      body: saleBody(`spend-${at}-${till.entries.length}`, 0),
    });
  }
  const sale = till.entries
    .map(({ text }) => readEntry(text))
    .findLast((entry) => entry.kind === 'sale' && entry.member === member);
  if (sale?.kind !== 'sale') return undefined;
  const body = {
    sale: sale.body.sale,
    money: 350,
    returned: [],
    takenBack: sale.body.earned.map(() => ({ wallet: POINTS, amount: 1 })),
  };
  return void record(till, { at, bd, kind: 'void', kv: 1, member, postings: earning(member, -1), body });
}

function readEntry(text: string): Entry {
  const parsed = parseEntry(text);
  if (!parsed.ok || !parsed.value.known) throw new Error(`no entry of ours: ${text}`);
  return parsed.value.entry;
}
