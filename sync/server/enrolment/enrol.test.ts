import { createPublicKey } from 'node:crypto';
import { jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TillId } from '../../../base/ids.ts';
import { generateSigningKeys } from '../../../base/node/signing.ts';
import { ENROLMENT_CODE_VALID_MS, enrolAnswerSchema } from '../../protocol/enrolment.ts';
import { ENROL_PATH } from '../../protocol/paths.ts';
import { testServers } from '../testing/databases.ts';
import { startTestHeadOffice, TEST_NOW, type Answer, type TestHeadOffice } from '../testing/test-head-office.ts';
import { batchOf, recordSale, testTill } from '../testing/test-till.ts';
import { CODE_FAILURES_MAX, ENROLMENT_FAILURES_MAX, ENROLMENT_LOCK_MS } from './enrol.ts';

describe.each(testServers())('enrolment at head office on $title', (server) => {
  let ho: TestHeadOffice;
  const till = 't1' as TillId; // a name of the tests

  beforeAll(async () => {
    ho = await startTestHeadOffice(server);
    await ho.enrolTill(till);
  });
  afterAll(() => ho.close());

  const newCode = async (): Promise<string> => {
    const made = await ho.office.admin.createEnrolmentCode(till);
    return made.ok ? made.value.code : '';
  };
  const enrol = (
    code: string,
    publicKey = generateSigningKeys().publicKey,
    protocol = { min: 1, max: 1 },
  ): Promise<Answer> => ho.post(ENROL_PATH, { protocol, code, publicKey, software: 'test' });
  const refusal = ({ status, body }: Answer): unknown => [status, (body as { code?: string }).code]; // a problem document

  it('gives an incarnation with a certificate over its key', async () => {
    const keys = generateSigningKeys();
    const answer = enrolAnswerSchema.parse((await enrol(await newCode(), keys.publicKey)).body);
    const { org, store, inc, headOffice, certificate } = answer;
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: headOffice.signingKey }, format: 'jwk' });
    const { payload } = await jwtVerify(certificate, key, { algorithms: ['EdDSA'] });
    expect(payload).toEqual({
      org: org.id,
      store: store.id,
      till,
      inc,
      publicKey: keys.publicKey,
      iat: TEST_NOW / 1000,
    });
  });

  it('takes a code as people type it, once', async () => {
    const code = await newCode();
    expect((await enrol(` ${code.toLowerCase().replace('-', ' ')} `)).status).toBe(200);
    expect(refusal(await enrol(code))).toEqual([409, 'used-code']);
  });

  it('gives the same key the same answer again, since the first may have been lost', async () => {
    const [code, { publicKey }] = [await newCode(), generateSigningKeys()];
    const first = await enrol(code, publicKey);
    expect(await enrol(code, publicKey)).toEqual(first);
  });

  it('refuses a wrong code, one too old, one replaced, and a key in use', async () => {
    const [replaced, code] = [await newCode(), await newCode()];
    expect(refusal(await enrol('22222-22222'))).toEqual([403, 'wrong-code']);
    expect(refusal(await enrol(replaced))).toEqual([403, 'wrong-code']);
    const { publicKey } = generateSigningKeys();
    expect((await enrol(code, publicKey)).status).toBe(200);
    const next = await newCode();
    expect(refusal(await enrol(next, publicKey))).toEqual([409, 'key-in-use']);
    ho.clock.now += ENROLMENT_CODE_VALID_MS;
    expect(refusal(await enrol(next))).toEqual([410, 'expired-code']);
    ho.clock.now = TEST_NOW;
  });

  it('refuses a till that speaks no version of ours', async () => {
    expect(refusal(await enrol(await newCode(), undefined, { min: 7, max: 9 }))).toEqual([400, 'unsupported-protocol']);
  });

  it('locks an address out after too many wrong codes, for a while', async () => {
    await enrol(await newCode());
    for (let attempt = 0; attempt < ENROLMENT_FAILURES_MAX; attempt += 1)
      expect(refusal(await enrol('33333-33333'))).toEqual([403, 'wrong-code']);
    const code = await newCode();
    expect(refusal(await enrol(code))).toEqual([429, 'enrolment-locked']);
    ho.clock.now += ENROLMENT_LOCK_MS + 1;
    expect((await enrol(code)).status).toBe(200);
    ho.clock.now = TEST_NOW;
  });

  it('shuts a code that somebody guesses at, wherever the guesses come from', async () => {
    const code = await newCode();
    const alike = `${code.slice(0, 6)}${code.endsWith('2222') ? '33333' : '22222'}`;
    for (let guess = 0; guess < CODE_FAILURES_MAX; guess += 1)
      expect(refusal(await enrol(alike))).toEqual([403, 'wrong-code']);
    expect(refusal(await enrol(code))).toEqual([410, 'code-locked']);
    expect((await enrol(await newCode())).status).toBe(200);
  });

  it('gives a till that enrols again no other till’s place, and the code stays good', async () => {
    const code = await newCode();
    const body = { protocol: { min: 1, max: 1 }, code, publicKey: generateSigningKeys().publicKey, software: 'test' };
    const again = { till: 'another', inc: 'of-another' };
    expect(refusal(await ho.post(ENROL_PATH, { ...body, again }))).toEqual([403, 'other-till']);
    expect((await ho.post(ENROL_PATH, { ...body, again: { till, inc: 'one-that-was-lost' } })).status).toBe(200);
  });

  it('keeps the code only as a hash', async () => {
    const code = (await newCode()).replace('-', '');
    const rows = await ho.database<{ row: string }[]>`select enrolment_code::text as row from enrolment_code`;
    expect(rows.filter(({ row }) => row.includes(code))).toEqual([]);
  });

  it('lets an earlier incarnation send what it still has', async () => {
    const keys = generateSigningKeys();
    const before = testTill(enrolAnswerSchema.parse((await enrol(await newCode(), keys.publicKey)).body), keys);
    const after = await ho.enrolAgain(before);
    recordSale(before, TEST_NOW, null, 0);
    recordSale(after, TEST_NOW, null, 0);
    expect(
      [await ho.push(after, batchOf(after)), await ho.push(before, batchOf(before))].map(
        ({ body }) => (body as { status: string }).status,
      ),
    ) // a push answer
      .toEqual(['accepted', 'accepted']);
  });
});
