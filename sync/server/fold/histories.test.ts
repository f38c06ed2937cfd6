/** Whole histories of members, by every order of arrival: head office ends with what the pure fold says. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BusinessDate } from '../../../base/business-date.ts';
import type { HashHex, MemberId, SaleId, WalletId } from '../../../base/ids.ts';
import { points } from '../../../base/numbers.ts';
import { accountsIn, type Entry } from '../../../ledger/entry.ts';
import { applyEntry } from '../../../ledger/fold/apply.ts';
import type { MemberState } from '../../../ledger/member-state.ts';
import { byOrder } from '../../../ledger/order.ts';
import { encodeSaleState } from '../../../ledger/sale-state-text.ts';
import { applyToSale, saleIn, type SaleState } from '../../../ledger/sale-state.ts';
import { encodeState } from '../../../ledger/state-text.ts';
import { testTill, type Till } from '../../../ledger/testing/books.ts';
import { allEntries, openWorld, play, turns } from '../../../ledger/testing/histories.ts';
import { EVERYTHING, everything, termsOf } from '../../../ledger/testing/programme.ts';
import { DOCUMENT } from '../../../loyalty/testing/build.ts';
import { publishProgramme } from '../admin/publish.ts';
import { testServers } from '../testing/databases.ts';
import { openFoldBed, type FoldBed } from '../testing/fold-bed.ts';
import { includesText } from './fold-accounts.ts';

const PROGRAMME = everything();
const TERMS = termsOf(PROGRAMME);
/** Beside each other in one database, so that one step of the fold has them all. */
const ARRIVALS = 20;
const ROUNDS = 5;
const HISTORIES = 8;
const ORDERS_MAX = 40;

describe.each(testServers())('the fold of whole histories on $title', (server) => {
  let bed: FoldBed;
  let count = 0;

  beforeAll(async () => {
    bed = await openFoldBed(server);
    const published = await publishProgramme(bed.setting, JSON.stringify({ ...DOCUMENT, ...EVERYTHING }));
    if (!published.ok) throw new Error(published.error.message);
  });
  afterAll(() => bed.close());

  it.each(Object.entries(CONFLICTS))('is in one order: %s', { timeout: 120_000 }, async (_title, write) => {
    const entries = write().toSorted(byOrder);
    count += 1;
    const orders = interleavings(entries.map(({ till }) => till));
    const spaces = orders.map((order, index) => ({ space: `c${count}a${index}-`, order: arrivalOf(entries, order) }));
    for (let round = 0; round < entries.length; round += 1) {
      for (const { space, order } of spaces) await bed.append(space, order.slice(round, round + 1));
      await bed.foldToEnd();
    }
    for (const { space } of spaces) {
      expect(await bed.members(space)).toEqual(membersOf(entries));
      expect(await bed.sales(space)).toEqual(salesOf(entries));
    }
  });

  it('is what the entries say in the total order, however they arrive', { timeout: 300_000 }, async () => {
    const arrivals = fc.array(fc.array(fc.nat(2), { minLength: ROUNDS, maxLength: 40 }), {
      minLength: ARRIVALS,
      maxLength: ARRIVALS,
    });
    await fc.assert(
      fc.asyncProperty(turns(35), arrivals, async (history, orders) => {
        const world = openWorld(PROGRAMME);
        play(world, history);
        const entries = allEntries(world);
        count += 1;
        const spaces = orders.map((order, index) => ({ space: `h${count}a${index}-`, parts: partsOf(entries, order) }));
        for (let round = 0; round < ROUNDS; round += 1) {
          for (const { space, parts } of spaces) for (const part of parts[round] ?? []) await bed.append(space, part);
          await bed.foldToEnd();
        }
        const [members, sales] = [membersOf(entries), salesOf(entries)];
        for (const { space } of spaces) {
          expect(await bed.members(space)).toEqual(members);
          expect(await bed.sales(space)).toEqual(sales);
        }
      }),
      { numRuns: HISTORIES },
    );
  });
});

/** Some of the orders in which streams can arrive, each in its own order; all where they are few. */
function interleavings(streams: readonly string[]): string[][] {
  const all: string[][] = [];
  const extend = (done: string[], left: readonly string[]): void => {
    if (left.length === 0) all.push(done);
    for (const next of new Set(left)) {
      const at = left.indexOf(next);
      extend([...done, next], [...left.slice(0, at), ...left.slice(at + 1)]);
    }
  };
  extend([], streams);
  const every = Math.ceil(all.length / ORDERS_MAX);
  return all.filter((_, index) => index % every === 0);
}

function arrivalOf(entries: readonly Entry[], order: readonly string[]): Entry[] {
  const left = [...entries];
  return order.flatMap((till) => {
    const at = left.findIndex((entry) => entry.till === till);
    return left.splice(at, 1);
  });
}

/** What random histories seldom bring about. The tills know nothing of each other. */
const CONFLICTS: Readonly<Record<string, () => Entry[]>> = {
  'a referral paid at two tills, and one of them refunded': () => {
    const [one, two, three] = threeTills();
    const [first, second] = [one.sale(REFERRED), two.sale(REFERRED)];
    return [
      first,
      second,
      three.sale({ member: FERN, earned: { points: 3 } }),
      two.refund(second, BACK),
      two.sale(REFERRED),
    ];
  },
  'a referral whose first sale is refunded, and a merge of the referrer': () => {
    const [one, two, three] = threeTills();
    const first = one.sale(REFERRED);
    const merge = three.entry('merge', { from: FERN }, { member: MOSS });
    return [
      first,
      two.sale(REFERRED),
      merge,
      one.refund(first, BACK),
      two.sale(REFERRED),
      three.sale({ member: FERN }),
    ];
  },
  'a referral beyond the monthly cap at one till, and paid at another': () => {
    const [one, two, three] = threeTills();
    const capped = one.sale({ member: IVY, gifts: GIFTS.slice(0, 1), earned: { points: 1 } });
    return [capped, two.sale(REFERRED), three.sale({ member: FERN, earned: { points: 3 } })];
  },
  'a claim, an attach and a sale of the same account': () => {
    const [one, two, three] = threeTills();
    const account = 'new' as MemberId; // a name of the tests
    const sold = one.sale({ member: account, claim: 'c'.repeat(64) as HashHex, earned: { points: 9 } }); // likewise
    const { sale, lines, earned, context, due, channel, minute } = sold.body;
    const dropped = { account, amounts: [] };
    const attach = { sale, lines, earned, context, due, channel, minute, store: sold.store, gifts: [], dropped };
    return [
      sold,
      two.entry('claim', { sale, account }, { member: FERN }),
      three.entry('attach', attach, { member: MOSS }),
      three.entry('claim', { sale, account }, { member: MOSS }),
      one.refund(sold, { lost: { points: 9 } }),
    ];
  },
  'merges in a row, undone, with transfers to all of them': () => {
    const [one, two, three] = threeTills();
    const send = (to: MemberId) => ({ to, wallet: POINTS, amount: points(2), lots: LOTS });
    return [
      one.sale({ member: IVY, earned: { points: 20 } }),
      two.entry('merge', { from: IVY }, { member: FERN }),
      three.entry('transfer', send(IVY), { member: MOSS }),
      one.entry('transfer', send(MOSS), { member: IVY }),
      two.entry('merge', { from: FERN }, { member: MOSS }),
      three.sale({ member: IVY, spent: { points: 3 } }),
      two.entry('unmerge', { from: FERN }, { member: MOSS }),
      one.sale({ member: FERN, earned: { points: 4 } }),
    ];
  },
};

const [IVY, FERN, MOSS] = ['ivy', 'fern', 'moss'] as [MemberId, MemberId, MemberId]; // names of the tests
const POINTS = 'points' as WalletId; // likewise
const LOTS = [{ earned: '2026-03-01' as BusinessDate, end: null, amount: points(2) }]; // in its form
const GIFTS = [
  { reason: 'referee', wallet: POINTS, amount: points(10) },
  { reason: 'referrer', member: FERN, wallet: POINTS, amount: points(20) },
] as const;
const REFERRED = { member: IVY, gifts: GIFTS, earned: { points: 1 } };
const BACK = { lost: { points: 1 }, gifts: GIFTS, whole: true };

type Tills = readonly [Till, Till, Till];

function threeTills(): Tills {
  let now = 1_000_000;
  const wall = (): number => (now += 1_000);
  return [testTill('till0', wall), testTill('till1', wall), testTill('till2', wall)];
}

/** By round, what arrives of each stream in turn; the last has all that is left. */
function partsOf(entries: readonly Entry[], order: readonly number[]): Entry[][][] {
  const streams = [...Map.groupBy(entries, ({ inc }) => inc).values()].map((own) =>
    own.toSorted((left, right) => left.seq - right.seq),
  );
  const size = Math.ceil(order.length / ROUNDS);
  return Array.from({ length: ROUNDS }, (_, round) => {
    const picks = order.slice(round * size, (round + 1) * size);
    const parts = picks.flatMap((pick) => {
      const stream = streams[pick];
      return stream === undefined ? [] : [stream.splice(0, 1 + (picks.length % 3))];
    });
    return round === ROUNDS - 1 ? [...parts, ...streams.map((stream) => stream.splice(0))] : parts;
  });
}

function membersOf(entries: readonly Entry[]): Record<string, string> {
  const states = new Map<MemberId, MemberState>();
  const includes = new Map<MemberId, Record<string, number>>();
  for (const entry of entries) {
    const changed = applyEntry(states, entry, TERMS);
    for (const account of new Set([...accountsIn(entry), ...changed.keys()])) {
      const seen = includes.get(account) ?? {};
      includes.set(account, { ...seen, [entry.inc]: Math.max(seen[entry.inc] ?? 0, entry.seq) });
    }
    for (const [account, state] of changed) states.set(account, state);
  }
  return Object.fromEntries(
    [...includes].map(([account, seen]) => {
      const state = states.get(account);
      return [account, `${state === undefined ? '' : encodeState(state)} ${includesText(seen)}`];
    }),
  );
}

function salesOf(entries: readonly Entry[]): Record<string, string> {
  const sales = new Map<SaleId, { state: SaleState; includes: Record<string, number> }>();
  const before = new Map<SaleId, Record<string, number>>();
  for (const entry of entries) {
    const sale = saleIn(entry);
    if (sale === null) continue;
    const seen = { ...before.get(sale) };
    const includes = { ...seen, [entry.inc]: Math.max(seen[entry.inc] ?? 0, entry.seq) };
    before.set(sale, includes);
    const state = applyToSale(sales.get(sale)?.state, entry);
    if (state !== undefined) sales.set(sale, { state, includes });
  }
  return Object.fromEntries(
    [...sales].map(([sale, { state, includes }]) => [sale, `${encodeSaleState(state)} ${includesText(includes)}`]),
  );
}
