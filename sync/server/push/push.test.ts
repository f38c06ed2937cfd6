import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemberId } from '../../../base/ids.ts';
import { generateSigningKeys, signer } from '../../../base/node/signing.ts';
import { headToSign } from '../../../ledger/chain.ts';
import { FEED_PATH, PUSH_PATH } from '../../protocol/paths.ts';
import { forkEntries } from '../store/forks.ts';
import { flagsOf } from '../store/flags.ts';
import { testServers } from '../testing/databases.ts';
import { startTestHeadOffice, TEST_NOW, type TestHeadOffice } from '../testing/test-head-office.ts';
import {
  batchOf,
  enrolBody,
  factText,
  headOf,
  POINTS,
  record,
  recordSale,
  tokenOf,
  write,
  type TestTill,
} from '../testing/test-till.ts';

const M1 = 'm1' as MemberId; // a name of the tests

describe.each(testServers())('push to head office on $title', (server) => {
  let ho: TestHeadOffice;
  let tills = 0;

  beforeAll(async () => {
    ho = await startTestHeadOffice(server);
    await ho.office.admin.enrolMember({ id: M1, cards: [], joined: '2026-01-01' as never }); // a date in its form
  });
  afterAll(() => ho.close());

  const newTill = async (sales: number): Promise<TestTill> => {
    tills += 1;
    const till = await ho.enrolTill(`push-${tills}`);
    for (let sale = 0; sale < sales; sale += 1) recordSale(till, TEST_NOW + sale, M1, 1);
    return till;
  };
  const storedTexts = async (till: TestTill): Promise<string[]> => {
    const rows = await ho.database<
      { text: string }[]
    >`select text from entry where inc = ${till.identity.inc} order by seq`;
    return rows.map((row) => row.text);
  };
  const flags = (till: TestTill): ReturnType<typeof flagsOf> => flagsOf(ho.database, till.identity.inc);
  const common = { epoch: expect.any(String), serverTime: TEST_NOW };
  const accepted = (till: TestTill, seq: number): object => ({
    status: 'accepted',
    ...common,
    receivedSeq: seq,
    receivedHead: headOf(till, seq),
  });

  it('keeps the exact bytes and answers how far it has them', async () => {
    const till = await newTill(2);
    write(till, factText(till, { at: TEST_NOW, kind: 'sale', body: { note: 'Käse\u0001 "€"\\', sale: 'x' } }), true);
    expect((await ho.push(till, batchOf(till))).body).toEqual(accepted(till, 3));
    expect(await storedTexts(till)).toEqual(till.entries.map((entry) => entry.text));
  });

  it('answers a repeat as it answered the batch, and writes nothing', async () => {
    const till = await newTill(3);
    const first = await ho.push(till, batchOf(till));
    expect(await ho.push(till, batchOf(till))).toEqual(first);
    expect((await storedTexts(till)).length).toBe(3);
  });

  it('skips what it has of a batch that overlaps', async () => {
    const till = await newTill(3);
    await ho.push(till, batchOf(till, 1, 2));
    recordSale(till, TEST_NOW + 9, M1, 1);
    expect((await ho.push(till, batchOf(till))).body).toEqual(accepted(till, 4));
    expect(await storedTexts(till)).toEqual(till.entries.map((entry) => entry.text));
  });

  it('asks for what is missing before a batch', async () => {
    const till = await newTill(4);
    await ho.push(till, batchOf(till, 1, 1));
    expect((await ho.push(till, batchOf(till, 3))).body).toEqual({ status: 'need-from', ...common, needFrom: 2 });
  });

  it('says where a till stands that sends no entries', async () => {
    const till = await newTill(2);
    await ho.push(till, batchOf(till));
    expect((await ho.push(till, batchOf(till, 3))).body).toEqual(accepted(till, 2));
  });

  it('keeps a second history whole and goes on with the first', async () => {
    const till = await newTill(2);
    await ho.push(till, batchOf(till));
    const clone: TestTill = { ...till, entries: [...till.entries] };
    recordSale(till, TEST_NOW + 10, M1, 1);
    recordSale(clone, TEST_NOW + 11, M1, 2);
    recordSale(clone, TEST_NOW + 12, M1, 3);
    await ho.push(till, batchOf(till, 3));
    const forked = { status: 'forked', ...common, seq: 3, receivedSeq: 4, receivedHead: headOf(clone) };
    expect((await ho.push(clone, batchOf(clone, 3))).body).toEqual(forked);
    expect((await ho.push(clone, batchOf(clone, 2))).body).toEqual(forked);
    const kept = (await forkEntries(ho.database, till.identity.inc)).map(({ seq, text, hash }) => ({
      seq,
      text,
      hash,
    }));
    expect(kept).toEqual(clone.entries.slice(2).map(({ seq, text, hash }) => ({ seq, text, hash })));
    recordSale(till, TEST_NOW + 13, M1, 1);
    expect((await ho.push(till, batchOf(till, 4))).body).toEqual({ ...accepted(till, 4), twin: true });
    recordSale(clone, TEST_NOW + 14, M1, 1);
    const drained = { ...forked, receivedSeq: 5, receivedHead: headOf(clone) };
    expect((await ho.push(clone, batchOf(clone, 5))).body).toEqual(drained);
    expect((await ho.push(clone, batchOf(clone, 6))).body).toEqual(drained);
  });

  it('sees a second history behind what both have', async () => {
    const till = await newTill(1);
    const clone: TestTill = { ...till, entries: [] };
    recordSale(clone, TEST_NOW + 20, M1, 5);
    recordSale(clone, TEST_NOW + 21, M1, 5);
    await ho.push(till, batchOf(till));
    expect((await ho.push(clone, batchOf(clone, 2))).body).toEqual({ status: 'forked', ...common, seq: 1 });
    expect((await forkEntries(ho.database, till.identity.inc)).map((entry) => entry.seq)).toEqual([2]);
  });

  it('takes what a signature vouches for before bytes that were tampered with', async () => {
    const till = await newTill(1);
    record(till, { at: TEST_NOW, kind: 'sale', body: {}, signed: true });
    recordSale(till, TEST_NOW + 1, M1, 1);
    recordSale(till, TEST_NOW + 2, M1, 1);
    const batch = batchOf(till);
    const entries = batch.entries.with(3, {
      text: (batch.entries[3]?.text ?? '').replace('"due":350', '"due":950'),
      signature: null,
    });
    expect((await ho.push(till, { ...batch, entries })).body).toEqual({
      status: 'broken',
      ...common,
      salvageFrom: 3,
      reason: 'chain',
    });
    expect((await storedTexts(till)).length).toBe(2);
    expect((await ho.push(till, batch)).body).toEqual(accepted(till, 4));
  });

  it('takes nothing of a batch whose signature is of another key', async () => {
    const till = await newTill(1);
    const signature = signer(generateSigningKeys()).sign(headToSign(headOf(till)));
    expect((await ho.push(till, { ...batchOf(till), signature })).body).toEqual({
      status: 'broken',
      ...common,
      salvageFrom: 1,
      reason: 'signature',
    });
    expect(await storedTexts(till)).toEqual([]);
  });

  it('stops before an entry whose own signature is wrong', async () => {
    const till = await newTill(3);
    const batch = batchOf(till);
    const entries = batch.entries.with(1, { text: batch.entries[1]?.text ?? '', signature: batch.signature });
    expect((await ho.push(till, { ...batch, entries })).body).toEqual({
      status: 'broken',
      ...common,
      salvageFrom: 2,
      reason: 'signature',
    });
    expect((await storedTexts(till)).length).toBe(1);
  });

  it('stops before an entry that says it belongs elsewhere', async () => {
    const till = await newTill(1);
    const other = await newTill(1);
    write(till, other.entries[0]?.text ?? '');
    expect((await ho.push(till, batchOf(till))).body).toEqual({
      status: 'broken',
      ...common,
      salvageFrom: 2,
      reason: 'other-stream',
    });
  });

  it('stops before bytes that are no text', async () => {
    const till = await newTill(1);
    write(till, '{"record":"\u001e"}');
    expect((await ho.push(till, batchOf(till))).body).toEqual({
      status: 'broken',
      ...common,
      salvageFrom: 2,
      reason: 'not-text',
    });
  });

  it('is broken from the start where the first head is not of this stream', async () => {
    const till = await newTill(0);
    const other: TestTill = { ...till, genesis: headOf(await newTill(1)), entries: [] };
    recordSale(other, TEST_NOW, M1, 1);
    expect((await ho.push(till, batchOf(other))).body).toEqual({
      status: 'broken',
      ...common,
      salvageFrom: 1,
      reason: 'chain',
    });
  });

  it('accepts kinds of later, wrong bodies, unbalanced postings and unreadable text, and flags them', async () => {
    const till = await newTill(0);
    record(till, { at: TEST_NOW, kind: 'teleport', body: { far: true } });
    record(till, { at: TEST_NOW, kind: 'sale', body: { sale: 7 } });
    const unbalanced = [{ account: 'issued', wallet: POINTS, amount: 5 as never }] as const; // a bare number of points
    recordSale(till, TEST_NOW, M1, 0, { postings: unbalanced });
    write(till, '{"not":"an entry"}');
    write(till, 'no JSON at all');
    expect((await ho.push(till, batchOf(till))).body).toEqual(accepted(till, 5));
    await ho.office.admin.foldToEnd();
    expect((await flags(till)).map(({ seq, code }) => [seq, code])).toEqual([
      [1, 'unknown-kind'],
      [2, 'wrong-body'],
      [3, 'unbalanced-postings'],
      [4, 'unreadable'],
      [5, 'unreadable'],
    ]);
  });

  it('accepts an entry for a member that nobody enrolled, and flags it', async () => {
    const till = await newTill(0);
    recordSale(till, TEST_NOW, 'stranger', 4);
    await ho.push(till, batchOf(till));
    expect((await ho.office.admin.memberView('stranger' as MemberId))?.balances).toEqual({ points: 4 });
    expect((await flags(till)).map(({ seq, code }) => [seq, code])).toEqual([[1, 'unknown-member']]);
  });

  it('is not stopped by text that PostgreSQL cannot hold', async () => {
    const till = await newTill(0);
    record(till, { at: TEST_NOW, kind: 'sale\0', member: 'm\0', body: {} });
    record(till, { at: TEST_NOW, kind: 'enrol', member: 'odd', body: enrolBody(['card\0', '\ud800']) });
    recordSale(till, TEST_NOW, M1, 0);
    expect((await ho.push(till, batchOf(till))).body).toEqual(accepted(till, 3));
    await ho.office.admin.foldToEnd();
    expect((await flags(till)).map(({ seq, code }) => [seq, code])).toEqual([
      [1, 'unknown-kind'],
      [2, 'unknown-member'],
      [2, 'wrong-body'],
    ]);
  });

  it('refuses a body of 10 MB with 413', async () => {
    const till = await newTill(1);
    const answer = await ho.push(till, { ...batchOf(till), padding: 'x'.repeat(10_000_000) });
    expect(answer).toEqual({
      status: 413,
      type: 'application/problem+json; charset=utf-8',
      body: expect.objectContaining({ status: 413, code: 'too-large' }),
    });
  });

  it('refuses more bytes of entries than a batch may have, but takes one entry alone', async () => {
    const till = await newTill(0);
    write(till, factText(till, { at: TEST_NOW, kind: 'sale', body: { long: 'x'.repeat(200_000) } }));
    write(till, factText(till, { at: TEST_NOW, kind: 'sale', body: { long: 'x'.repeat(200_000) } }));
    expect((await ho.push(till, batchOf(till))).status).toBe(413);
    expect((await ho.push(till, batchOf(till, 1, 1))).status).toBe(200);
    expect((await ho.push(till, batchOf(till, 2, 1))).body).toEqual(accepted(till, 2));
  });

  it.each(['none', 'of another key', 'too old', 'for too long', 'nonsense'])(
    'answers a token %s with 401 and no detail',
    async (kind) => {
      const till = await newTill(1);
      const tokens: Record<string, string | undefined> = {
        'of another key': await tokenOf(till, TEST_NOW, signer(generateSigningKeys())),
        'too old': await tokenOf(till, TEST_NOW - 3_600_000),
        'for too long': await tokenOf(till, TEST_NOW + 3_600_000),
        nonsense: 'a.b.c',
      };
      const token = tokens[kind];
      const answer = await ho.post(
        PUSH_PATH,
        batchOf(till),
        token === undefined ? {} : { authorization: `Bearer ${token}` },
      );
      expect(answer).toEqual({
        status: 401,
        type: 'application/problem+json; charset=utf-8',
        body: {
          type: 'urn:loyaltill:problem:unauthorised',
          title: 'unauthorised',
          status: 401,
          code: 'unauthorised',
          detail: 'The token is not valid here.',
        },
      });
    },
  );

  it('refuses a batch of one stream under the token of another', async () => {
    const [till, other] = [await newTill(1), await newTill(1)];
    const answer = await ho.push(other, batchOf(till));
    expect([answer.status, answer.body]).toEqual([403, expect.objectContaining({ code: 'wrong-stream' })]);
    expect(await storedTexts(till)).toEqual([]);
  });

  it('names the wrong field of a request that has another shape', async () => {
    const till = await newTill(1);
    const answer = await ho.push(till, { ...batchOf(till), fromSeq: -1 });
    expect([answer.status, answer.body]).toEqual([
      400,
      expect.objectContaining({ code: 'invalid-request', path: 'fromSeq' }),
    ]);
    expect((await ho.push(till, '{"broken')).status).toBe(400);
    expect((await fetch(`${ho.office.url}${FEED_PATH}`, { method: 'DELETE' })).status).toBe(404);
  });

  it('accepts two pushes of one stream at once, each entry once', async () => {
    const till = await newTill(40);
    const answers = await Promise.all([1, 1, 11, 1, 21].map((from) => ho.push(till, batchOf(till, from, 20))));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200]);
    await ho.push(till, batchOf(till));
    expect(await storedTexts(till)).toEqual(till.entries.map((entry) => entry.text));
  });

  it('gives positions in the order of commits: a reader by cursor misses nothing', async () => {
    const streams = await Promise.all([1, 2, 3, 4].map(() => newTill(60)));
    const [from] = await ho.database<{ last: number }[]>`select last from counter where name = 'entry'`;
    const start = from?.last ?? 0;
    let done = false;
    const read = async (): Promise<number[]> => {
      const seen: number[] = [];
      for (let cursor = start; ;) {
        const finished = done;
        const rows = await ho.database<
          { position: number }[]
        >`select position from entry where position > ${cursor} order by position`;
        seen.push(...rows.map((row) => row.position));
        cursor = seen.at(-1) ?? cursor;
        if (finished && rows.length === 0) return seen;
      }
    };
    const reader = read();
    await Promise.all(
      streams.map(async (till) => {
        for (let seq = 1; seq <= 60; seq += 4) await ho.push(till, batchOf(till, seq, 4));
      }),
    );
    done = true;
    expect(await reader).toEqual(Array.from({ length: 240 }, (_, index) => start + index + 1));
  });

  it('refuses to change or delete an entry, in SQL too', async () => {
    for (const statement of [
      'update entry set kind = kind',
      'delete from entry',
      'truncate entry cascade',
      'delete from fork_entry',
    ]) {
      await expect(ho.database.unsafe(statement)).rejects.toThrow(/for ever/);
    }
  });
});
