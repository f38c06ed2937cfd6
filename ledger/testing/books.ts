/** Writes entries as tills do, and histories of a member at several tills. Ids are names of the tests. */
import fc from 'fast-check';
import { epochMs, type BusinessDate } from '../../base/business-date.ts';
import type {
  EntryId,
  IncarnationId,
  MemberId,
  OperatorId,
  OrgId,
  RewardId,
  RuleId,
  SaleId,
  StoreId,
  TillId,
  WalletId,
} from '../../base/ids.ts';
import { minor, points } from '../../base/numbers.ts';
import type { Entry, SaleEntry, VoidEntry, WalletAmount } from '../entry.ts';
import { nextHlc, type Hlc } from '../hlc.ts';
import { memberPostings } from '../postings.ts';

export const MEMBER = 'ada' as MemberId; // a name of the tests, like all below
export const POINTS = 'points' as WalletId; // likewise
export const STAMPS = 'stamps' as WalletId; // likewise
export const RULE = 'rule' as RuleId; // likewise
export const REWARD = 'reward' as RewardId; // likewise
export const MONDAY = '2026-03-02' as BusinessDate; // in its form

/** Units by wallet. */
export type Amounts = Readonly<Record<string, number>>;

export type Till = {
  sale(facts: {
    date?: BusinessDate;
    sale?: string;
    earned?: Amounts;
    spent?: Amounts;
    uses?: readonly RewardId[];
    member?: MemberId | null;
  }): SaleEntry;
  void(sale: SaleEntry): VoidEntry;
};

export function testTill(name: string, wall: () => number = counter()): Till {
  let seq = 0;
  let hlc: Hlc | undefined;
  const envelope = (date: BusinessDate) => {
    seq += 1;
    const at = epochMs(wall());
    hlc = nextHlc(hlc, at);
    return {
      v: 1,
      org: 'org' as OrgId, // a name of the tests, like all below
      store: 'store' as StoreId, // likewise
      till: name as TillId, // likewise
      inc: `${name}-1` as IncarnationId, // likewise
      seq,
      id: `${name}-${seq}` as EntryId, // likewise
      kv: 1,
      prog: null,
      hlc,
      wall: at,
      boot: 'boot',
      mono: 0,
      bd: date,
      tz: 60,
      actor: { operator: 'op' as OperatorId, role: 'cashier' }, // likewise
      approver: null,
      receipt: null,
      refs: [],
      basis: null,
    } as const;
  };
  return {
    sale: ({ date = MONDAY, sale, earned = {}, spent = {}, uses = [], member = MEMBER }) => {
      const place = envelope(date);
      const gains = amountsOf(earned);
      const costs = amountsOf(spent);
      return {
        ...place,
        kind: 'sale',
        member,
        postings:
          member === null
            ? []
            : [...memberPostings(member, costs, -1, 'redeemed'), ...memberPostings(member, gains, 1, 'issued')],
        body: {
          sale: (sale ?? `${name}-sale-${place.seq}`) as SaleId, // a name of the tests
          reference: null,
          channel: 'store',
          minute: 600,
          lines: [],
          redeemed: uses.map((reward) => ({ reward, wallet: null, cost: points(0), discount: minor(0), lines: [] })),
          earned: gains.map((gain) => ({ rule: RULE, ...gain })),
          list: minor(0),
          discount: minor(0),
          due: minor(0),
        },
      };
    },
    void: ({ member, bd, body, inc, seq: ofSeq, postings }) => {
      const own = postings.filter(({ account }) => account.startsWith('member:'));
      const returned = own
        .filter(({ amount }) => amount < 0)
        .map(({ wallet, amount }) => ({ wallet, amount: points(-amount) }));
      const takenBack = own.filter(({ amount }) => amount > 0).map(({ wallet, amount }) => ({ wallet, amount }));
      return {
        ...envelope(bd),
        kind: 'void',
        member,
        refs: [{ inc, seq: ofSeq }],
        postings:
          member === null
            ? []
            : [...memberPostings(member, returned, 1, 'redeemed'), ...memberPostings(member, takenBack, -1, 'issued')],
        body: { sale: body.sale, money: minor(0), returned, takenBack },
      };
    },
  };
}

function amountsOf(amounts: Amounts): WalletAmount[] {
  return Object.entries(amounts).map(([wallet, amount]) => ({ wallet: wallet as WalletId, amount: points(amount) })); // a name of the tests
}

function counter(): () => number {
  let now = 1_000;
  return () => (now += 1_000);
}

const step = fc.record({
  till: fc.integer({ min: 0, max: 2 }),
  /** Milliseconds that pass; a till's own clock may also be set back. */
  passes: fc.integer({ min: -5_000, max: 90_000 }),
  nextDay: fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0),
  voids: fc.integer({ min: 0, max: 3 }).map((dice) => dice === 0),
  earned: fc.record({ points: fc.integer({ min: 0, max: 50 }), stamps: fc.integer({ min: 0, max: 2 }) }),
  /** More than there is may be spent: another till was offline. */
  spent: fc.record({ points: fc.integer({ min: 0, max: 80 }).map((amount) => (amount > 50 ? amount - 50 : 0)) }),
  uses: fc.array(fc.constantFrom(REWARD, 'other' as RewardId), { maxLength: 2 }), // a name of the tests
});

/** What a member did at three tills over some days, in the order in which it happened; voids are of the till's own last sale of the date. */
export const history: fc.Arbitrary<Entry[]> = fc.array(step, { maxLength: 40 }).map((steps) => {
  let now = 1_772_442_000_000;
  let day = 2;
  const tills = [0, 1, 2].map((number) => testTill(`till${number}`, () => now));
  const open: (SaleEntry | undefined)[] = [];
  return steps.flatMap(({ till: number, passes, nextDay, voids, ...facts }): Entry[] => {
    now += passes;
    if (nextDay && day < 28) day += 1;
    const date = `2026-03-${String(day).padStart(2, '0')}` as BusinessDate; // in its form
    const till = tills[number];
    if (till === undefined) return [];
    const last = open[number];
    if (voids && last?.bd === date) {
      open[number] = undefined;
      return [till.void(last)];
    }
    const sale = till.sale({ date, ...facts });
    open[number] = sale;
    return [sale];
  });
});
