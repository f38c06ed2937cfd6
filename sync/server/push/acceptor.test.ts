import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastPosition } from '../store/counters.ts';
import { testServers } from '../testing/databases.ts';
import { startTestHeadOffice, TEST_NOW, type TestHeadOffice } from '../testing/test-head-office.ts';
import { batchOf, headOf, recordSale, type TestTill } from '../testing/test-till.ts';

const TILLS = 12;

describe.each(testServers())('batches of many tills at once on $title', { timeout: 120_000 }, (server) => {
  let ho: TestHeadOffice;

  beforeAll(async () => {
    ho = await startTestHeadOffice(server);
  });
  afterAll(() => ho.close());

  const newTills = async (name: string, sales: (index: number) => number): Promise<TestTill[]> => {
    const tills: TestTill[] = [];
    for (let index = 0; index < TILLS; index += 1) {
      const till = await ho.enrolTill(`${name}-${index}`);
      for (let sale = 0; sale < sales(index); sale += 1) recordSale(till, TEST_NOW + sale, `m${sale % 7}`, 1);
      tills.push(till);
    }
    return tills;
  };
  const stored = async (till: TestTill): Promise<string[]> =>
    (
      await ho.database<{ text: string }[]>`
        select text from entry where inc = ${till.identity.inc} order by seq`
    ).map(({ text }) => text);

  it('are taken whole, few and many entries, each at positions of its own', async () => {
    const before = await lastPosition(ho.database, 'entry');
    const tills = await newTills('many', (index) => (index % 3 === 0 ? 120 : index));
    const answers = await Promise.all(tills.map((till) => ho.push(till, batchOf(till))));
    expect(answers.map(({ body }) => body)).toEqual(
      tills.map((till) => ({
        status: 'accepted',
        epoch: expect.any(String),
        serverTime: TEST_NOW,
        receivedSeq: till.entries.length,
        receivedHead: headOf(till),
      })),
    );
    for (const till of tills) expect(await stored(till)).toEqual(till.entries.map(({ text }) => text));
    const sum = tills.reduce((all, till) => all + till.entries.length, 0);
    const [positions] = await ho.database<{ first: number; last: number; count: number }[]>`
      select min(position) as first, max(position) as last, count(*) as count from entry where position > ${before}`;
    expect(positions).toEqual({ first: before + 1, last: before + sum, count: sum });
    expect(await lastPosition(ho.database, 'entry')).toBe(before + sum);
  });

  it('do not suffer from one among them: gaps, repeats, second histories and broken chains have their own answers', async () => {
    const tills = await newTills('mixed', () => 4);
    const [gap, repeat, broken, twice] = tills;
    if (gap === undefined || repeat === undefined || broken === undefined || twice === undefined)
      throw new Error('no tills');
    await ho.push(repeat, batchOf(repeat));
    const batches = tills.map((till) => {
      const batch = batchOf(till);
      if (till === gap) return batchOf(till, 3, 2);
      return till === broken ? { ...batch, toHead: batch.fromHead } : batch;
    });
    const answers = await Promise.all([
      ...tills.map((till, index) => ho.push(till, batches[index])),
      ho.push(twice, batchOf(twice)),
    ]);
    const statuses = answers.map(({ body }) => (body as { status: string }).status); // of an answer to a push
    expect(statuses).toEqual([
      'need-from',
      'accepted',
      'broken',
      ...Array.from({ length: TILLS - 3 }, () => 'accepted'),
      'accepted',
    ]);
    expect(await Promise.all(tills.map(async (till) => (await stored(till)).length))).toEqual([
      0,
      4,
      0,
      ...Array.from({ length: TILLS - 3 }, () => 4),
    ]);
  });
});
