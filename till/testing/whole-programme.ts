/** A programme with everything in it that tills do, and what tests do under it. */
import type { IncarnationId, MemberId, SaleId } from '../../base/ids.ts';
import { present } from '../../base/assert.ts';
import type { MemberState } from '../../ledger/member-state.ts';
import type { TillInput, TillOutput } from '../contract/calls.ts';
import type { Basket } from '../contract/shapes.ts';
import { findSale } from '../app/sale-book.ts';
import { BASE_PROGRAMME, newCommand, type TestTill } from './test-till.ts';

export const WHOLE_PROGRAMME = {
  ...BASE_PROGRAMME,
  wallets: [
    { id: 'points', kind: 'points', expiry: { after: 'P12M', from: 'earn' } },
    { id: 'cash', kind: 'money', pending: 'P7D', negative: 'forgive' },
  ],
  earn: [
    { id: 'base', wallet: 'points', amount: { per: 'spend', give: 1, every: 100 } },
    { id: 'gold', wallet: 'points', multiply: '2', when: { tier: ['gold'] } },
    { id: 'club', wallet: 'points', amount: { per: 'sale', give: 7 }, when: { club: ['vip'] } },
    { id: 'back', wallet: 'cash', amount: { per: 'share', percent: '1' } },
  ],
  rewards: [
    ...BASE_PROGRAMME.rewards,
    { id: 'tour', cost: { wallet: 'points', amount: 20 }, give: { kind: 'voucher', validFor: 'P30D' } },
  ],
  tiers: {
    measure: 'spend',
    window: 'P12M',
    keep: 'P12M',
    levels: [
      { id: 'silver', at: 0 },
      { id: 'gold', at: 50_000 },
    ],
  },
  badges: [{ id: 'regular', when: { count: { of: 'visits', at: 2 } }, give: { wallet: 'points', amount: 25 } }],
  referral: {
    referrer: { wallet: 'points', amount: 30 },
    referee: { wallet: 'points', amount: 15 },
    minSpend: 1000,
  },
  memberships: [{ id: 'plus', sku: 'PLUS', period: 'P1M' }],
  clubs: [{ id: 'vip', goals: [] }],
  partners: [{ id: 'miles', pattern: '^[0-9]{9}$' }],
  limits: { transfer: { perMonth: 100 }, adjust: { supervisor: 50, manager: 1000 } },
};

/** The nth card of the tests, with its check digit. */
export function cardNumber(number: number): string {
  const digits = `29${String(number).padStart(10, '0')}`;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

export async function enrol(
  till: TestTill,
  number: number,
  more: Partial<TillInput<'member.enrol'>> = {},
): Promise<MemberId> {
  const person = { firstName: `Member ${number}`, phone: null, email: null, birthday: null };
  const view = await till.ask('member.enrol', { command: newCommand(), card: cardNumber(number), ...person, ...more });
  return view.member;
}

export function basket(unitPrice: number, more: Partial<Basket> = {}): Basket {
  return { member: null, lines: [{ sku: 'BEANS', quantity: '1', unitPrice }], redeem: [], ...more };
}

/** Sells what was quoted, and fails where the sale gives something else. */
export async function sell(till: TestTill, asked: Basket): Promise<TillOutput<'sale.commit'>> {
  const { rewards: _choices, ...quote } = await till.ask('sale.quote', asked);
  const sale = await till.ask('sale.commit', {
    ...asked,
    command: newCommand(),
    reference: null,
    expectedDue: quote.due,
  });
  const promised: TillOutput<'sale.commit'> = { ...sale, ...quote };
  if (JSON.stringify(promised) !== JSON.stringify(sale)) {
    throw new Error(`quoted ${JSON.stringify(quote)}, sold ${JSON.stringify(sale)}`);
  }
  return sale;
}

export async function pointsOf(till: TestTill, member: MemberId): Promise<number | undefined> {
  const { balances } = await till.ask('member.show', { member });
  return balances.find(({ wallet }) => wallet === 'points')?.balance;
}

/** What head office would send of a sale, once it has heard of it from one till, to another. */
export function bringSale(from: TestTill, to: TestTill, sale: SaleId, version = 1): void {
  const state = present(findSale(from.engine.parts, sale), 'a sale of the till');
  const row = { kind: 'sale' as const, position: version, sale, version, state, includes: [] };
  to.engine.parts.store.transactMembers(() => to.engine.parts.store.sales.put(row, 'e1'));
}

/** The same of a member. */
export function bringMember(
  from: TestTill,
  to: TestTill,
  member: MemberId,
  version = 1,
  { includes = [], state }: { includes?: { inc: IncarnationId; seq: number }[]; state?: MemberState } = {},
): void {
  const { parts } = from.engine;
  const known = present(parts.members.find(member), 'a member of the till');
  const { displayName, birthday, segments, joined, blocked, phoneHash, emailHash } = known.profile;
  const profile = { displayName, birthday, segments: [...segments], joined, blocked, phoneHash, emailHash };
  const cards = known.cards().map((code) => ({ code, status: 'active' as const }));
  const row = { kind: 'member', position: version, member, version, profile, state: state ?? known.state } as const;
  const { store } = to.engine.parts;
  store.transactMembers(() => store.members.put({ ...row, cards, includes, recall: null }, 'e1', 1_000));
}
