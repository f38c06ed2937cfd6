/** The till's side of sync against the real head office, over a line that loses requests and answers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { present } from '../../base/assert.ts';
import type { MemberId, TillId } from '../../base/ids.ts';
import { foldEntries } from '../../ledger/fold/apply.ts';
import { NEW_MEMBER_STATE, type MemberState } from '../../ledger/member-state.ts';
import { encodeState } from '../../ledger/state-text.ts';
import { NO_TERMS } from '../../ledger/terms.ts';
import { parseEntry } from '../../ledger/entry.ts';
import { enrolWithHeadOffice, type Enrolled } from '../../sync/client/enrol.ts';
import type { Fetch } from '../../sync/client/http.ts';
import { createSyncLoop, type SyncLoop } from '../../sync/client/sync-loop.ts';
import { memoryTill, type MemoryTill } from '../../sync/client/testing/memory-till.ts';
import { testServers } from '../../sync/server/testing/databases.ts';
import { startTestHeadOffice, TEST_STORE, type TestHeadOffice } from '../../sync/server/testing/test-head-office.ts';
import { factText, record, recordSale, testTill, type TestTill } from '../../sync/server/testing/test-till.ts';

const ADA = 'ada' as MemberId; // a name of the tests

type Till = {
  readonly till: MemoryTill;
  readonly book: TestTill;
  readonly loop: SyncLoop;
  readonly faults: ('lost' | 'cut' | 'repeated' | 'none')[];
};

describe.each(testServers())('a till and head office on $title', (server) => {
  let ho: TestHeadOffice;
  let names = 0;

  beforeAll(async () => {
    ho = await startTestHeadOffice(server);
    ho.clock.now = Date.now();
    await ho.office.admin.enrolMember({ id: ADA, cards: [], joined: '2026-01-01' as never }); // a date in its form
  });
  afterAll(() => ho.close());

  const newCode = async (): Promise<string> => {
    names += 1;
    const id = `sync-${names}` as TillId; // a name of the tests
    await ho.office.admin.createTill({ id, name: id, store: TEST_STORE });
    const made = await ho.office.admin.createEnrolmentCode(id);
    return made.ok ? made.value.code : '';
  };
  const enrol = (code: string, line: Fetch = fetch) =>
    enrolWithHeadOffice({
      headOffice: ho.office.url,
      code,
      software: 'test',
      fetch: line,
      signal: new AbortController().signal,
    });

  const newTill = async (clockWrongMs = 0): Promise<Till> => {
    const enrolled = await enrol(await newCode());
    if (!enrolled.ok) throw new Error(enrolled.error.code);
    return tillOf(ho, enrolled.value, clockWrongMs);
  };
  const storedTexts = async ({ till }: Till): Promise<string[]> => {
    const rows = await ho.database<
      { text: string }[]
    >`select text from entry where inc = ${till.identity.inc} order by seq`;
    return rows.map((row) => row.text);
  };
  const untilSynced = async ({ loop }: Till): Promise<void> => {
    for (let tries = 0; tries < 30; tries += 1) if ((await loop.syncNow()).ok) return;
    throw new Error('it never came through');
  };

  it('meet by a code that counts once, and says what is wrong with another', async () => {
    const code = await newCode();
    const first = await enrol(code.toLowerCase());
    expect(first).toMatchObject({ ok: true, value: { answer: { store: { id: TEST_STORE, name: 'Mitte' } } } });
    expect(await enrol(code)).toMatchObject({ ok: false, error: { code: 'used-code' } });
    expect(await enrol('2222222222')).toMatchObject({ ok: false, error: { code: 'wrong-code' } });
    const old = await newCode();
    ho.clock.now += 25 * 3_600_000;
    expect(await enrol(old)).toMatchObject({ ok: false, error: { code: 'expired-code' } });
    ho.clock.now -= 25 * 3_600_000;
  });

  it('meet although the answer with the incarnation was lost', async () => {
    let requests = 0;
    const losing: Fetch = async (input, init) => {
      const answer = await fetch(input, init);
      requests += 1;
      if (requests > 1) return answer;
      throw new TypeError('fetch failed');
    };
    const enrolled = await enrol(await newCode(), losing);
    expect([enrolled.ok, requests]).toEqual([true, 2]);
    if (!enrolled.ok) return;
    const till = tillOf(ho, enrolled.value, 0);
    sell(till, 1);
    await untilSynced(till);
    expect(await storedTexts(till)).toEqual(till.till.written.map(({ text }) => text));
  });

  it('have the same entries, once and in order, and the same member, whatever the line lost', async () => {
    const [one, two] = [await newTill(), await newTill()];
    sell(one, 1_203);
    sell(two, 7);
    one.faults.push('lost', 'none', 'cut', 'repeated', 'lost', 'none', 'cut', 'lost', 'repeated');
    await untilSynced(one);
    sell(one, 40);
    one.faults.push('lost', 'repeated', 'cut');
    await Promise.all([untilSynced(one), untilSynced(two)]);
    await ho.office.admin.foldToEnd();
    await Promise.all([untilSynced(one), untilSynced(two)]);
    for (const till of [one, two]) {
      expect(await storedTexts(till)).toEqual(till.till.written.map(({ text }) => text));
      const { row } = present(till.till.rows.get(`member ${ADA}`), 'the row of the member');
      if (row.kind !== 'member') throw new Error('another row');
      expect(row.includes).toEqual([{ inc: till.till.identity.inc, seq: till.till.written.length }]);
      const stored = await ho.database<
        { text: string }[]
      >`select text from entry where member = ${ADA} order by order_key collate "C"`;
      expect(encodeState(row.state)).toBe(encodeState(foldOf(stored.map(({ text }) => text))));
    }
  });

  it.each([-3_600_000, 3_600_000])('exchange with a clock of the till that is wrong by %i ms', async (wrongMs) => {
    const till = await newTill(wrongMs);
    sell(till, 3);
    expect(await till.loop.syncNow()).toEqual({ ok: true, value: undefined });
    expect(await storedTexts(till)).toHaveLength(3);
  });

  it('go on past entries that head office cannot read, and a copy of the till is found out', async () => {
    const till = await newTill();
    sell(till, 2);
    record(till.book, {
      at: ho.clock.now,
      kind: 'hologram',
      body: {},
      member: ADA,
      postings: [{ account: 'voucher:1' as never, wallet: 'x' as never, amount: 1 as never }],
    }); // a kind of later
    take(till);
    sell(till, 1);
    expect((await till.loop.syncNow()).ok).toBe(true);
    expect(await storedTexts(till)).toHaveLength(4);
    till.till.restoreTo(3);
    till.book.entries.pop();
    till.till.write(factText(till.book, { at: ho.clock.now, kind: 'sale', body: {}, member: null }));
    expect(await till.loop.syncNow()).toMatchObject({ ok: false, error: { code: 'stream-forked' } });
    expect(await storedTexts(till)).toHaveLength(4);
  });
});

function tillOf(ho: TestHeadOffice, { keys, answer }: Enrolled, clockWrongMs: number): Till {
  const till = memoryTill(ho.office.url, { org: answer.org.id, till: answer.till.id, inc: answer.inc, keys });
  const faults: Till['faults'] = [];
  const line: Fetch = async (input, init) => {
    const fault = faults.shift() ?? 'none';
    if (fault === 'lost') throw new TypeError('fetch failed');
    if (fault === 'repeated') await fetch(input, init);
    const response = await fetch(input, init);
    if (fault === 'none' || fault === 'repeated') return response;
    const text = await response.text();
    return new Response(text.slice(0, text.length / 2), { status: response.status });
  };
  const loop = createSyncLoop({
    identity: till.identity,
    entries: till.entries,
    feed: till.feed,
    fetch: line,
    pullEveryMs: 2_000,
    now: () => ho.clock.now + clockWrongMs,
    random: () => 0,
    changed: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  return { till, book: testTill(answer, keys), loop, faults };
}

function sell(till: Till, count: number): void {
  for (let sale = 0; sale < count; sale += 1)
    recordSale(till.book, Date.UTC(2026, 5, 15, 10) + sale, ADA, 3, { signed: sale % 10 === 0 });
  take(till);
}

/** What the book has and the till's ledger has not. */
function take({ till, book }: Till): void {
  for (const { text, signature } of book.entries.slice(till.written.length)) till.write(text, signature !== null);
}

function foldOf(texts: readonly string[]): MemberState {
  const entries = texts.flatMap((text) => {
    const parsed = parseEntry(text);
    return parsed.ok && parsed.value.known ? [parsed.value.entry] : [];
  });
  return foldEntries(new Map(), entries, NO_TERMS).get(ADA) ?? NEW_MEMBER_STATE;
}
