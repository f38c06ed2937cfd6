import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionFailed } from '../base/assert.ts';
import { points } from '../base/numbers.ts';
import {
  accountsIn,
  assertBalanced,
  entryText,
  memberAccount,
  parseEntry,
  sumsByWallet,
  type Posting,
  type SaleEntry,
} from './entry.ts';
import { history } from './testing/histories.ts';
import { MEMBER, MONDAY, OTHER, POINTS, REWARD, STAMPS, testTill } from './testing/books.ts';

const sale = testTill('t').sale({ earned: { points: 5, stamps: 1 }, spent: { points: 3 }, uses: [REWARD] });
const rewritten = (change: object): string => JSON.stringify({ ...sale, ...change });
const posting = (account: string, amount: number, wallet: string = POINTS): Posting =>
  ({ account, wallet, amount }) as unknown as Posting; // brands

describe('entryText', () => {
  it('reads back as the same entry', () => {
    fc.assert(
      fc.property(history, (entries) => {
        for (const entry of entries)
          expect(parseEntry(entryText(entry))).toEqual({ ok: true, value: { known: true, entry } });
      }),
    );
  });

  it('is well-formed text, also for half a character', () => {
    const odd: SaleEntry = { ...sale, boot: 'a\ud800b\0' };
    expect(entryText(odd).isWellFormed()).toBe(true);
    expect(entryText(odd)).not.toContain('\0');
    expect(parseEntry(entryText(odd))).toEqual({ ok: true, value: { known: true, entry: odd } });
  });

  it('breaks on postings that do not balance', () => {
    const postings = [posting('member:ada', 5), posting('issued', -4)];
    expect(() => entryText({ ...sale, postings })).toThrow(AssertionFailed);
  });
});

describe('assertBalanced', () => {
  it('holds each wallet by itself', () => {
    expect(() => assertBalanced([posting('member:ada', 5, POINTS), posting('issued', -5, STAMPS)])).toThrow(
      AssertionFailed,
    );
    assertBalanced([]);
    assertBalanced([posting('a', 1), posting('b', 1), posting('c', -2)]);
    expect(sumsByWallet([posting('a', 1), posting('b', 2, STAMPS), posting('a', 1)])).toEqual(
      new Map([
        [POINTS, 2],
        [STAMPS, 2],
      ]),
    );
  });

  it('is not deceived by sums that a number cannot hold', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const parts = [most, 2, -most, -1]; // 1, but 0 in a sum that rounds on its way
    expect(() => assertBalanced(parts.map((amount) => posting('a', amount)))).toThrow(AssertionFailed);
  });
});

describe('what an entry names', () => {
  const till = testTill('t');

  it('is every account that it may change, its own first, each once', () => {
    const gifts = [
      { reason: 'referrer', member: OTHER, wallet: POINTS, amount: points(1) },
      { reason: 'referrer', member: MEMBER, wallet: POINTS, amount: points(1) },
    ] as const;
    expect(accountsIn(till.sale({ gifts }))).toEqual([MEMBER, OTHER]);
    expect(accountsIn(till.sale({ member: null }))).toEqual([]);
    expect(accountsIn(till.entry('merge', { from: OTHER }))).toEqual([MEMBER, OTHER]);
    expect(accountsIn(till.adjust(POINTS, 1))).toEqual([MEMBER]);
  });

  it('may be posted to, and nobody else', () => {
    const lots = [{ earned: MONDAY, end: null, amount: points(3) }];
    const transfer = till.entry('transfer', { to: OTHER, wallet: POINTS, amount: points(3), lots });
    expect(parseEntry(entryText(transfer))).toMatchObject({ ok: true, value: { known: true } });
    const foreign = [posting('member:bo', -3), posting('member:ivy', 3)];
    expect(parseEntry(JSON.stringify({ ...transfer, postings: foreign })).ok).toBe(false);
  });
});

describe('parseEntry', () => {
  it('keeps fields that it does not know, at every level', () => {
    const line = {
      sku: 's',
      category: null,
      tags: [],
      quantity: '1',
      unitPrice: 1,
      taxRate: null,
      list: 1,
      paid: 1,
      later: 1,
    };
    const text = rewritten({
      later: { a: [1] },
      actor: { ...sale.actor, badge: 7 },
      body: { ...sale.body, later: true, lines: [line] },
    });
    expect(parseEntry(text)).toEqual({ ok: true, value: { known: true, entry: JSON.parse(text) } });
  });

  it.each([
    ['kind', { kind: 'hologram' }],
    ['version of a kind', { kv: 9 }],
    ['envelope', { v: 2 }],
    [
      'kind with its own accounts, roles and body',
      {
        kind: 'voucher',
        postings: [posting('voucher:7', 1), posting('deficit:ada', -1)],
        actor: { operator: 'o', role: 'auditor' },
        body: 'text',
      },
    ],
  ])('never fails on an unknown %s', (_name, change) => {
    const text = rewritten({ ...change, later: 1 });
    expect(parseEntry(text)).toEqual({ ok: true, value: { known: false, entry: JSON.parse(text) } });
  });

  it.each([
    ['', 'no JSON'],
    ['', '[]'],
    ['', 'null'],
    ['seq', rewritten({ seq: 0 })],
    ['seq', rewritten({ seq: 1.5 })],
    ['hlc', rewritten({ hlc: 'now' })],
    ['bd', rewritten({ bd: '2026-02-30' })],
    ['bd', rewritten({ bd: '2026-2-3' })],
    ['member', rewritten({ member: 7 })],
    ['postings.0.amount', rewritten({ postings: [{ account: 'issued', wallet: 'points', amount: 0.5 }] })],
    ['postings.0.amount', rewritten({ postings: [{ account: 'issued', wallet: 'points', amount: 2 ** 53 }] })],
    ['body', rewritten({ body: null })],
    ['body.due', rewritten({ body: { ...sale.body, due: -1 } })],
    [
      'body.earned.0.amount',
      rewritten({ body: { ...sale.body, earned: [{ rule: 'r', wallet: 'points', amount: -1 }] } }),
    ],
    ['actor.role', rewritten({ actor: { operator: 'o', role: 'king' } })],
    ['approver.role', rewritten({ approver: { operator: 'o', role: 'king' } })],
    ['postings.1.account', rewritten({ postings: [posting('member:ivy', 5), posting('member:bo', -5)] })],
    ['postings.0.account', rewritten({ postings: [posting('gift', 5)] })],
    ['postings.0.account', rewritten({ member: null })],
  ])('names %j as what is wrong', (path, text) => {
    expect(parseEntry(text)).toEqual({ ok: false, error: { path, message: expect.any(String) } });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'takes no %s for the id of a wallet, rule or reward',
    (word) => {
      const earned = [{ rule: word, wallet: 'points', amount: 1 }];
      const redeemed = [{ reward: word, wallet: null, cost: 0, discount: 0, lines: [] }];
      const wrong = [
        { postings: [posting(memberAccount(MEMBER), 1, word), posting('issued', -1, word)] },
        { body: { ...sale.body, earned } },
        { body: { ...sale.body, redeemed } },
      ];
      for (const change of wrong) expect(parseEntry(rewritten(change)).ok).toBe(false);
    },
  );
});
