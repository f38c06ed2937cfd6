import { statSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REFUSAL_CODES } from '../../loyalty/refusals.ts';
import type { MemberId } from '../../base/ids.ts';
import { newCommand, openTestTill, type TestTill } from '../testing/test-till.ts';
import { startPosApi, type PosApi } from './pos-api.ts';
import { REFUSAL_STATUS } from './refusal-status.ts';
import { POS_TOKEN_FILE, posToken } from './token.ts';

const CARD = '2900000000018';
const LINES = [{ sku: 'COFFEE', name: 'Coffee', quantity: '2', unitPrice: 350, taxRate: '0.19' }];

let till: TestTill;
let api: PosApi;
let token: string;

beforeEach(async () => {
  till = await openTestTill();
  const started = await startPosApi({ engine: till.engine, dataFolder: till.dataFolder, port: 0 });
  if (!started.ok) throw new Error(started.error.message);
  api = started.value;
  token = posToken(till.dataFolder);
  await till.ask('member.enrol', {
    command: newCommand(),
    card: CARD,
    firstName: 'Juniper',
    phone: null,
    email: null,
    birthday: null,
  });
});
afterEach(async () => {
  await api.close();
  await till.close();
});

type Answer = { readonly status: number; readonly type: string; readonly body: Record<string, unknown> };

async function ask(
  method: string,
  where: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await fetch(new URL(where, api.url), {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    body: (await answer.json()) as Record<string, unknown>,
  };
}

const sell = (body: unknown, key: string) => ask('POST', '/v1/sales', body, { 'idempotency-key': key });
let keys = 0;
const after = (where: string, body: unknown) => {
  keys += 1;
  return ask('POST', where, body, { 'idempotency-key': `key-after-${keys}` });
};
const entries = () => till.engine.parts.writer.last()?.seq ?? 0;

describe('the POS API', () => {
  it('identifies, quotes, sells and voids', async () => {
    const member = await ask('GET', `/v1/members?card=${CARD}`);
    expect(member).toMatchObject({ status: 200, body: { displayName: 'Juniper', currency: 'EUR', minorDigits: 2 } });
    const quote = await ask('POST', '/v1/quotes', { card: CARD, lines: LINES });
    expect(quote).toMatchObject({ status: 200, body: { due: 700, earned: [{ wallet: 'points', amount: 7 }] } });
    const sale = await sell({ card: CARD, lines: LINES, reference: 'POS-1', expectedDue: 700 }, 'till-1-POS-1-sale');
    expect(sale).toMatchObject({ status: 201, body: { due: 700, reference: 'POS-1', member: member.body['member'] } });
    expect(await ask('GET', '/v1/sales/POS-1')).toMatchObject({
      status: 200,
      body: { sale: sale.body['sale'], voided: false },
    });
    const receipt = await ask('GET', '/v1/sales/POS-1/receipt');
    expect((receipt.body['lines'] as string[]).join('\n')).toMatch(/Juniper[^]*points/i);
    const voided = await ask('POST', '/v1/sales/POS-1/void', {}, { 'idempotency-key': 'till-1-POS-1-void' });
    expect(voided).toMatchObject({ status: 200, body: { money: 700, takenBack: [{ wallet: 'points', amount: 7 }] } });
    expect(await ask('GET', `/v1/sales/${String(sale.body['sale'])}`)).toMatchObject({ body: { voided: true } });
  });

  it('gives the same answer to the same key and body, and 409 to another body', async () => {
    const first = await sell({ card: CARD, lines: LINES }, 'key-00001');
    const written = entries();
    expect(await sell({ card: CARD, lines: LINES }, 'key-00001')).toEqual(first);
    expect(entries()).toBe(written);
    const other = await sell({ card: CARD, lines: [...LINES, ...LINES] }, 'key-00001');
    expect(other).toMatchObject({ status: 409, body: { code: 'command-reused' } });
    const voidWithIt = await ask(
      'POST',
      `/v1/sales/${String(first.body['sale'])}/void`,
      {},
      { 'idempotency-key': 'key-00001' },
    );
    expect(voidWithIt).toMatchObject({ status: 409, body: { code: 'command-reused' } });
    expect(entries()).toBe(written);
  });

  it('answers bad input with a problem document of its code, and writes nothing', async () => {
    const before = entries();
    const cases: readonly [number, string, Promise<Answer>][] = [
      [404, 'unknown-card', ask('GET', '/v1/members?card=2999999999991')],
      [400, 'malformed-barcode', ask('GET', '/v1/members?card=2900000000019')],
      [400, 'payment-card', ask('GET', '/v1/members?card=4111111111111111')],
      [400, 'invalid-request', ask('GET', '/v1/members')],
      [400, 'bad-quantity', sell({ lines: [{ ...LINES[0], quantity: '-1' }] }, 'key-bad-01')],
      [400, 'invalid-request', sell({ lines: [{ ...LINES[0], unitPrice: 3.5 }] }, 'key-bad-02')],
      [400, 'invalid-request', sell({ lines: [{ ...LINES[0], unitPrice: '350' }] }, 'key-bad-03')],
      [400, 'invalid-request', sell({ lines: [] }, 'key-bad-04')],
      [400, 'invalid-request', sell('{"lines": [', 'key-bad-05')],
      [400, 'invalid-request', sell({ lines: LINES, nonsense: 1 }, 'key-bad-06')],
      [400, 'invalid-request', sell({ lines: LINES }, 'short')],
      [400, 'invalid-request', ask('POST', '/v1/sales', { lines: LINES })],
      [404, 'unknown-member', sell({ member: 'nobody', lines: LINES }, 'key-bad-07')],
      [
        422,
        'insufficient-balance',
        sell({ card: CARD, lines: LINES, redeem: [{ reward: 'free-coffee' }] }, 'key-bad-08'),
      ],
      [409, 'quote-changed', sell({ lines: LINES, expectedDue: 699 }, 'key-bad-09')],
      [404, 'unknown-sale', ask('POST', '/v1/sales/nowhere/void', {}, { 'idempotency-key': 'key-bad-10' })],
      [404, 'not-found', ask('GET', '/v1/nowhere')],
    ];
    for (const [status, code, pending] of cases) {
      const answer = await pending;
      expect({ status: answer.status, code: answer.body['code'], type: answer.type.split(';')[0] }).toEqual({
        status,
        code,
        type: 'application/problem+json',
      });
      expect(String(answer.body['detail']).length).toBeGreaterThan(10);
    }
    expect(entries()).toBe(before);
    expect((await sell({ card: CARD, lines: LINES }, 'key-good-1')).status).toBe(201);
  });

  it('refunds, adds a late card, and says how it all came about', async () => {
    const sale = await sell({ lines: LINES, reference: 'POS-1' }, 'key-late-sale');
    const attached = await after('/v1/sales/POS-1/attach', { card: CARD });
    expect(attached).toMatchObject({ status: 200, body: { earned: [{ wallet: 'points', amount: 7 }] } });
    const what = { lines: [{ line: 0, quantity: '1' }] };
    const refunded = await after(`/v1/sales/${String(sale.body['receipt'])}/refund`, { what });
    expect(refunded).toMatchObject({
      status: 200,
      body: { money: 350, takenBack: [{ wallet: 'points', amount: 4 }], whole: false, currency: 'EUR' },
    });
    expect(await ask('GET', '/v1/sales/POS-1')).toMatchObject({ body: { refunded: 'part' } });
    const explained = await ask('GET', '/v1/sales/POS-1/explain');
    expect(explained).toMatchObject({ status: 200, body: { rules: [{ rule: 'base', held: true }] } });
    const member = String(attached.body['member']);
    const lots = await ask('GET', `/v1/members/${member}/explain`);
    expect(lots).toMatchObject({ status: 200, body: { wallets: [{ lots: [{ amount: 3, receipt: 'T1-000001' }] }] } });
    expect(await after('/v1/sales/POS-1/refund', { what: { lines: [] } })).toMatchObject({
      status: 400,
      body: { code: 'invalid-request' },
    });
    expect(await after('/v1/claims', { code: 'NOSUCH', card: CARD })).toMatchObject({
      status: 404,
      body: { code: 'unknown-sale' },
    });
  });

  it('enrols, adjusts, transfers, and changes cards as the role allows', async () => {
    const boss = { id: 'boss', role: 'manager' };
    const enrolled = await after('/v1/members', { firstName: 'Alma', card: '2900000000025' });
    expect(enrolled).toMatchObject({ status: 201, body: { displayName: 'Alma', currency: 'EUR' } });
    const [alma, juniper] = [enrolled, await ask('GET', `/v1/members?card=${CARD}`)].map(({ body }) =>
      String(body['member']),
    );
    const adjust = { wallet: 'points', amount: 10, reason: 'welcome' };
    expect(await after(`/v1/members/${alma}/adjust`, adjust)).toMatchObject({
      status: 403,
      body: { code: 'role-required' },
    });
    await after(`/v1/members/${alma}/adjust`, { ...adjust, operator: boss });
    till.grant(alma as MemberId, 'points', 4); // the id that was just answered
    const sent = await after(`/v1/members/${alma}/transfer`, { to: juniper, wallet: 'points', amount: 4 });
    expect(sent).toMatchObject({ status: 200, body: { balances: [{ balance: 6 }] } });
    expect(await ask('GET', `/v1/members/${juniper}`)).toMatchObject({ body: { balances: [{ balance: 4 }] } });
    const blocked = await after(`/v1/members/${alma}/card`, { card: '2900000000025', action: 'block' });
    expect(blocked).toMatchObject({ status: 200, body: { cards: [] } });
    expect(await ask('GET', '/v1/members?card=2900000000025')).toMatchObject({
      status: 409,
      body: { code: 'card-blocked' },
    });
    expect(await after(`/v1/members/${alma}/club`, { club: 'nosuch', action: 'join' })).toMatchObject({ status: 400 });
  });

  it('refuses a body of 10 MB unread', async () => {
    const answer = await sell(JSON.stringify({ lines: LINES, filler: 'x'.repeat(10_000_000) }), 'key-large');
    expect(answer).toMatchObject({ status: 413, body: { code: 'too-large' } });
  });

  it('is for who has the token, and by a loopback name only', async () => {
    expect(await ask('GET', `/v1/members?card=${CARD}`, undefined, { authorization: 'Bearer wrong' })).toMatchObject({
      status: 401,
      body: { code: 'unauthorised' },
    });
    expect(await statusByHost('till.example')).toBe(401);
    expect(await statusByHost('127.0.0.1')).toBe(200);
    expect(statSync(path.join(till.dataFolder, POS_TOKEN_FILE)).mode & 0o777).toBe(0o600);
  });

  it('shows a basket on the screen of the till when the POS asks for it', async () => {
    const shown: unknown[] = [];
    const stop = till.engine.subscribe((name, payload) => name === 'basket' && shown.push(payload));
    await ask('POST', '/v1/quotes', { card: CARD, lines: LINES, present: true, reference: 'POS-2' });
    stop();
    expect(shown).toMatchObject([{ reference: 'POS-2', basket: { lines: LINES }, member: { displayName: 'Juniper' } }]);
  });

  it('describes itself in OpenAPI, every endpoint and refusal', async () => {
    const answer = await ask('GET', '/openapi.json');
    expect(answer.body).toMatchObject({ openapi: '3.1.0', info: { title: 'Loyaltill POS API' } });
    expect(Object.keys(answer.body['paths'] as object).toSorted()).toEqual([
      '/v1/claims',
      '/v1/members',
      '/v1/members/{id}',
      '/v1/members/{id}/adjust',
      '/v1/members/{id}/card',
      '/v1/members/{id}/club',
      '/v1/members/{id}/explain',
      '/v1/members/{id}/transfer',
      '/v1/quotes',
      '/v1/sales',
      '/v1/sales/{id}',
      '/v1/sales/{id}/attach',
      '/v1/sales/{id}/explain',
      '/v1/sales/{id}/receipt',
      '/v1/sales/{id}/refund',
      '/v1/sales/{id}/void',
      '/v1/vouchers',
    ]);
  });

  it('has a status for every refusal of the contract', () => {
    expect(REFUSAL_CODES.filter((code) => !Object.hasOwn(REFUSAL_STATUS, code))).toEqual([]);
  });

  it('names the port that is taken', async () => {
    const port = Number(new URL(api.url).port);
    const second = await startPosApi({ engine: till.engine, dataFolder: till.dataFolder, port });
    expect(second).toMatchObject({ ok: false, error: { code: 'port-taken' } });
    expect(second.ok ? '' : second.error.message).toContain(String(port));
  });
});

function statusByHost(host: string): Promise<number | undefined> {
  const { port } = new URL(api.url);
  return new Promise((answered, failed) => {
    const request = http.get(
      {
        host: '127.0.0.1',
        port,
        path: `/v1/members?card=${CARD}`,
        headers: { host: `${host}:${port}`, authorization: `Bearer ${token}` },
      },
      (answer) => {
        answer.resume();
        answered(answer.statusCode);
      },
    );
    request.on('error', failed);
  });
}
