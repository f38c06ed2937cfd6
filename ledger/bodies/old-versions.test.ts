import { describe, expect, it } from 'vitest';
import { type Entry, parseEntry } from '../entry.ts';
import { memberAccount } from '../entry.ts';
import { purchasesOf } from '../member-state.ts';
import { MEMBER, MONDAY, POINTS, STAMPS } from '../testing/books.ts';
import { has, stateAfter } from '../testing/folded.ts';

/** What tills of the first release wrote, to the byte: it is read and folded for ever. */
const envelope = (seq: number, kind: string, postings: string, body: string): string =>
  `{"v":1,"org":"org","store":"store","till":"t","inc":"t-1","seq":${seq},"id":"t-${seq}","kind":"${kind}","kv":1,` +
  `"prog":"${'a'.repeat(64)}","member":"ivy","postings":[${postings}],"hlc":"00000000000${seq}0000","wall":${seq}000,` +
  `"boot":"boot","mono":0,"bd":"2026-03-02","tz":60,"actor":{"operator":"op","role":"cashier"},"approver":null,` +
  `"receipt":null,"refs":[],"basis":null,"body":${body}}`;
const post = (wallet: string, amount: number, counter: string): string =>
  `{"account":"member:ivy","wallet":"${wallet}","amount":${amount}},{"account":"${counter}","wallet":"${wallet}","amount":${-amount}}`;

const ENROL = envelope(1, 'enrol', '', '{"joined":"2026-03-02","cards":["2900000000001"],"commitment":null}');
const EARNED = envelope(
  2,
  'sale',
  `${post('points', 20, 'issued')},${post('stamps', 3, 'issued')}`,
  '{"sale":"s1","reference":null,"channel":"store","minute":600,"lines":[{"sku":"BREAD","category":null,"tags":[],"quantity":"2",' +
    '"unitPrice":1000,"taxRate":null,"list":2000,"paid":2000}],"redeemed":[],"earned":[{"rule":"base","wallet":"points","amount":20},' +
    '{"rule":"stamp","wallet":"stamps","amount":3}],"list":2000,"discount":0,"due":2000}',
);
const SPENT = envelope(
  3,
  'sale',
  `${post('points', -15, 'redeemed')},${post('stamps', 1, 'issued')}`,
  '{"sale":"s2","reference":"R7","channel":"store","minute":601,"lines":[{"sku":"TEA","category":"Drinks","tags":["hot"],"quantity":"1",' +
    '"unitPrice":500,"taxRate":"0.19","list":500,"paid":0}],"redeemed":[{"reward":"tea","wallet":"points","cost":15,"discount":500,' +
    '"lines":[{"line":0,"discount":500,"freeUnits":1}]}],"earned":[{"rule":"stamp","wallet":"stamps","amount":1}],"list":500,' +
    '"discount":500,"due":0}',
);
const VOID = envelope(
  4,
  'void',
  `${post('points', 15, 'redeemed')},${post('stamps', -1, 'issued')}`,
  '{"sale":"s2","money":0,"returned":[{"wallet":"points","amount":15}],"takenBack":[{"wallet":"stamps","amount":1}]}',
);

function read(text: string): Entry {
  const parsed = parseEntry(text);
  if (!parsed.ok || !parsed.value.known) throw new Error(JSON.stringify(parsed));
  return parsed.value.entry;
}

describe('entries of version 1', () => {
  it('read as today’s, with what they could not say', () => {
    expect(read(ENROL).body).toEqual({
      joined: MONDAY,
      cards: ['2900000000001'],
      commitment: null,
      referredBy: null,
      clubs: [],
    });
    expect(read(EARNED)).toMatchObject({
      kv: 1,
      body: {
        sale: 's1',
        due: 2_000,
        context: { level: null, held: [], frequent: [], today: [] },
        gifts: [],
        vouchers: [],
        partner: null,
        claim: null,
      },
    });
    expect(read(VOID).body).toEqual({
      sale: 's2',
      money: 0,
      lines: [],
      returned: [{ redemption: 0, reward: 'unknown', wallet: POINTS, amount: 15 }],
      lost: [{ earning: 0, rule: 'unknown', wallet: STAMPS, amount: 1 }],
      takenBack: [{ wallet: STAMPS, amount: 1 }],
      gifts: [],
      whole: true,
    });
  });

  it('fold to the unit that they posted', () => {
    const texts = [ENROL, EARNED, SPENT, VOID];
    const balances = texts.map((_text, index) => {
      const state = stateAfter(texts.slice(0, index + 1).map(read));
      return [has(state, MONDAY, POINTS)[0], has(state, MONDAY, STAMPS)[0], state.visits];
    });
    expect(balances).toEqual([
      [0, 0, 0],
      [20, 3, 1],
      [5, 4, 2],
      [20, 3, 1],
    ]);
    const posted = texts.map(read).flatMap(({ postings }) => postings);
    const sum = posted.reduce((all, one) => all + (one.account === memberAccount(MEMBER) ? one.amount : 0), 0);
    expect(sum).toBe(23);
    expect([...purchasesOf(stateAfter(texts.map(read))).keys()]).toEqual(['BREAD']);
  });
});
