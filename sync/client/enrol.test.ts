import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enrolRequestSchema, type EnrolRequest } from '../protocol/enrolment.ts';
import { enrolWithHeadOffice } from './enrol.ts';
import type { Fetch } from './http.ts';

const KEY = 'A'.repeat(43);
const ANSWER = {
  protocol: 1,
  org: { id: 'o', name: 'Org' },
  store: { id: 's', name: 'Store' },
  till: { id: 't', name: 'Till' },
  inc: 'inc',
  epoch: 'e',
  headOffice: { signingKey: KEY, sealingKey: KEY },
  lookupKey: KEY,
  certificate: 'c',
  serverTime: 1,
};

describe('enrolment', () => {
  const requests: EnrolRequest[] = [];
  let answers: (() => Response)[] = [];
  beforeEach(() => {
    requests.length = 0;
  });
  afterEach(() => {
    answers = [];
  });

  const line: Fetch = async (_url, init) => {
    requests.push(enrolRequestSchema.parse(JSON.parse(typeof init?.body === 'string' ? init.body : '')));
    return await Promise.resolve((answers.shift() ?? lost)());
  };
  const lost = (): Response => {
    throw new TypeError('fetch failed');
  };
  const answered =
    (body: unknown, status = 200) =>
    () =>
      new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
  const problem = (code: string, status: number) =>
    answered({ type: `urn:x:${code}`, title: code, status, code, detail: `Says ${code}.` }, status);
  const enrol = (code = '7kq2m-xw4pd', headOffice = 'https://head.example') =>
    enrolWithHeadOffice({ headOffice, code, software: 'test', fetch: line, signal: new AbortController().signal });

  it('sends the code in normal form with a key of its own, and gives back the keys with the answer', async () => {
    answers = [answered(ANSWER), answered(ANSWER)];
    const first = await enrol();
    expect(first).toEqual({
      ok: true,
      value: { answer: ANSWER, keys: { publicKey: requests[0]?.publicKey, privateKey: expect.any(String) } },
    });
    await enrol();
    expect(requests.map(({ code, protocol }) => ({ code, protocol }))).toEqual(
      Array(2).fill({ code: '7KQ2MXW4PD', protocol: { min: 1, max: 1 } }),
    );
    expect(requests[0]?.publicKey).not.toBe(requests[1]?.publicKey);
  });

  it('asks once more with the same key where the answer was lost: the code may be used up', async () => {
    answers = [lost, answered(ANSWER)];
    expect((await enrol()).ok).toBe(true);
    expect(requests[0]).toEqual(requests[1]);
  });

  it.each(['', '7kq2m', '7KQ2M-XW4PDD', '7KQ2M-XW4PO'])('sends nothing for %j, which is no code', async (code) => {
    expect(await enrol(code)).toMatchObject({ ok: false, error: { code: 'enrolment-code-wrong', path: 'code' } });
    expect(requests).toEqual([]);
  });

  it.each(['', 'head office', 'ftp://head.example', 'javascript:alert(1)'])(
    'sends nothing to %j, which is no address',
    async (headOffice) => {
      expect(await enrol(undefined, headOffice)).toMatchObject({
        ok: false,
        error: { code: 'head-office-unreachable', path: 'headOffice' },
      });
      expect(requests).toEqual([]);
    },
  );

  it.each(['wrong-code', 'used-code', 'expired-code', 'enrolment-locked', 'unsupported-protocol'])(
    'says what head office says: %s',
    async (code) => {
      answers = [problem(code, 403)];
      expect(await enrol()).toEqual({ ok: false, error: { code, message: `Says ${code}.` } });
      expect(requests).toHaveLength(1);
    },
  );

  it.each([
    ['no line', [lost, lost], 'head-office-unreachable'],
    ['a proxy without a server', [answered('<html>', 502)], 'head-office-unreachable'],
    ['another site', [answered('<html>', 200)], 'head-office-not-understood'],
    ['another site that knows no such page', [answered('', 404)], 'head-office-not-understood'],
    ['an answer with a part missing', [answered({ ...ANSWER, lookupKey: undefined })], 'head-office-not-understood'],
    ['a protocol that was not offered', [answered({ ...ANSWER, protocol: 2 })], 'head-office-not-understood'],
  ])('refuses in a sentence on %s', async (_name, given, code) => {
    answers = given;
    expect(await enrol()).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(/\.$/) } });
  });
});
