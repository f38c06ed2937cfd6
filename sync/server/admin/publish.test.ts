import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CardCode, MemberId, StoreId, TillId } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import { testServers } from '../testing/databases.ts';
import { startTestHeadOffice, TEST_STORE, type TestHeadOffice } from '../testing/test-head-office.ts';

const JOINED = '2026-01-01' as never; // a date in its form

function programme(changes: object = {}): string {
  return JSON.stringify({
    id: 'cafe',
    version: 1,
    effectiveFrom: '2026-01-01',
    currency: 'EUR',
    minorDigits: 2,
    timezone: 'Europe/Berlin',
    wallets: [{ id: 'points', kind: 'points' }],
    earn: [{ id: 'r1', wallet: 'points', amount: { per: 'spend', give: 1, every: 100 } }],
    ...changes,
  });
}

describe.each(testServers())('publishing at head office on $title', (server) => {
  let ho: TestHeadOffice;
  let admin: TestHeadOffice['office']['admin'];

  beforeAll(async () => {
    ho = await startTestHeadOffice(server);
    admin = ho.office.admin;
  });
  afterAll(() => ho.close());

  it('publishes a programme’s exact text, and the same text again changes nothing', async () => {
    const text = ` ${programme()}\n`;
    expect(await admin.publishProgramme(text)).toEqual({ ok: true, value: { version: 1, hash: sha256(text) } });
    expect(await admin.publishProgramme(text)).toEqual({ ok: true, value: { version: 1, hash: sha256(text) } });
    const rows = await ho.database<{ text: string }[]>`select text from programme_version`;
    expect([...rows]).toEqual([{ text }]);
  });

  it.each([
    ['another text under a published version', { minorDigits: 3 }, 'version-exists', 'version'],
    ['another time zone', { version: 2, timezone: 'Europe/Paris' }, 'other-timezone', 'timezone'],
    [
      'a wrong field',
      { version: 2, earn: [{ id: 'r1', wallet: 'points', amount: { per: 'spend', give: 1, every: 0 } }] },
      'invalid-programme',
      'earn.0.amount.every',
    ],
    [
      'what is not built',
      { version: 2, notify: [{ on: 'earned', channel: 'email', template: 't' }] },
      'not-built',
      'notify',
    ],
  ])('refuses %s', async (_title, changes, code, path) => {
    expect(await admin.publishProgramme(programme(changes))).toMatchObject({ ok: false, error: { code, path } });
  });

  it('refuses what is no document at all', async () => {
    for (const text of ['', 'null', '{"version":', '\0']) expect((await admin.publishProgramme(text)).ok).toBe(false);
  });

  it('refuses to change a published version, in SQL too', async () => {
    for (const statement of [
      'update programme_version set version = 9',
      'delete from programme_version',
      'truncate programme_version',
    ]) {
      await expect(ho.database.unsafe(statement)).rejects.toThrow(/for ever/);
    }
  });

  it('takes a catalogue of a higher version only', async () => {
    expect(await admin.publishCatalogue({ version: 2, items: [] })).toEqual({ ok: true, value: { version: 2 } });
    expect(await admin.publishCatalogue({ version: 1, items: [] })).toMatchObject({
      ok: false,
      error: { code: 'version-exists' },
    });
    expect(await admin.publishCatalogue({ version: 3, items: [{ sku: '' }] })).toMatchObject({
      ok: false,
      error: { code: 'invalid-catalogue' },
    });
  });

  it('refuses stores, tills and texts that cannot be', async () => {
    expect(await admin.createStore({ id: TEST_STORE, name: 'Again' })).toMatchObject({
      ok: false,
      error: { code: 'store-exists' },
    });
    expect(await admin.createTill({ name: 'T', store: 'nowhere' as StoreId })).toMatchObject({
      ok: false,
      error: { code: 'unknown-store' },
    });
    expect(await admin.createEnrolmentCode('nothing' as TillId)).toMatchObject({
      ok: false,
      error: { code: 'unknown-till' },
    });
    expect(
      await admin.setReceiptTexts(TEST_STORE, { receiptHeader: ['x'.repeat(81)], receiptFooter: [] }),
    ).toMatchObject({ ok: false, error: { code: 'invalid-request' } });
  });

  it('enrols members of its own with balanced books and a chain that holds', async () => {
    const enrolled = await admin.enrolMembers([
      { id: 'm1' as MemberId, cards: ['1' as CardCode], joined: JOINED, firstName: 'Ada', birthday: '1990-05-04' },
      { id: 'm2' as MemberId, cards: ['2' as CardCode], joined: JOINED, blocked: true },
    ]);
    expect(enrolled).toEqual({ ok: true, value: ['m1', 'm2'] });
    expect((await admin.memberView('m1' as MemberId))?.profile).toMatchObject({
      displayName: 'Ada',
      birthday: { month: 5, day: 4 },
      blocked: false,
    });
    expect((await admin.memberView('m2' as MemberId))?.profile.blocked).toBe(true);
    const flagged = await ho.database`select * from flag`;
    expect(flagged).toHaveLength(0);
  });

  it('refuses a member or card that is there, and a wrong field, and enrols none of them', async () => {
    const before = await ho.database`select id from member`;
    const refusals = [
      await admin.enrolMember({ id: 'm1' as MemberId, cards: [], joined: JOINED }),
      await admin.enrolMember({ cards: ['1' as CardCode], joined: JOINED }),
      await admin.enrolMember({ cards: [], joined: JOINED, email: 'nobody' }),
    ];
    expect(refusals.map((result) => (result.ok ? 'ok' : [result.error.code, result.error.path]))).toEqual([
      ['member-exists', '0.id'],
      ['card-taken', '0.cards'],
      ['invalid-request', '0.email'],
    ]);
    expect(await ho.database`select id from member`).toEqual(before);
  });
});
