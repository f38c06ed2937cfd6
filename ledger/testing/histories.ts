/** Random histories of a few members at three tills, written by reference tills. Only tests import this. */
import fc from 'fast-check';
import type { BusinessDate } from '../../base/business-date.ts';
import type { HashHex, MemberId, RewardId, SaleId, StoreId, WalletId } from '../../base/ids.ts';
import { points } from '../../base/numbers.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import type { SaleLine } from '../../loyalty/sale/request.ts';
import { spendableOf } from '../member-state.ts';
import type { Entry } from '../entry.ts';
import { byOrder } from '../order.ts';
import { lotsToSend } from './reference-bodies.ts';
import { everything, termsOf } from './programme.ts';
import { type ReferenceTill, referenceTill } from './reference-till.ts';

export const MEMBERS = ['ivy', 'fern', 'moss', 'reed'].map((name) => name as MemberId); // names of the tests
const SKUS = ['COFFEE', 'CAKE', 'PLUS'];
const REWARDS = ['coffee', 'fiver', 'tour'].map((name) => name as RewardId); // likewise
const WALLETS = ['points', 'stamps', 'cash', 'gems'].map((name) => name as WalletId); // likewise
const TILLS = 3;

const member = fc.nat(MEMBERS.length - 1);
const line: fc.Arbitrary<SaleLine> = fc.record({
  sku: fc.constantFrom(...SKUS, 'COFFEE'),
  quantity: fc.constantFrom('1', '2', '3', '0.375', '4'),
  unitPrice: fc.constantFrom(100, 250, 999, 2_000),
  tags: fc.constant([]),
});
const lines = fc.array(line, { minLength: 1, maxLength: 3 });

/** What happens next, by numbers that fit any history. */
export type Step =
  | {
      readonly do: 'sale';
      readonly member: number | null;
      readonly lines: readonly SaleLine[];
      readonly redeem: readonly RewardId[];
      readonly pay: number;
      readonly unclaimed: boolean;
    }
  | { readonly do: 'refund'; readonly which: number; readonly all: boolean; readonly line: number }
  | { readonly do: 'void'; readonly which: number }
  | { readonly do: 'attach' | 'claim'; readonly which: number; readonly member: number }
  | { readonly do: 'adjust'; readonly member: number; readonly wallet: number; readonly amount: number }
  | {
      readonly do: 'transfer';
      readonly member: number;
      readonly to: number;
      readonly wallet: number;
      readonly amount: number;
    }
  | { readonly do: 'club'; readonly member: number; readonly join: boolean }
  | { readonly do: 'merge' | 'unmerge'; readonly member: number; readonly from: number }
  | { readonly do: 'goal'; readonly member: number; readonly wallet: number }
  | { readonly do: 'wait'; readonly days: number }
  | { readonly do: 'meet'; readonly other: number };

function some<Do extends Step['do'], Parts extends object>(
  kind: Do,
  parts: { [Part in keyof Parts]: fc.Arbitrary<Parts[Part]> },
): fc.Arbitrary<Parts & { do: Do }> {
  return fc.record(parts).map((made) => ({ ...(made as Parts), do: kind })); // every part is there
}

const sale = some('sale', {
  member: fc.option(member, { freq: 6 }),
  lines,
  redeem: fc.subarray(REWARDS, { maxLength: 2 }),
  pay: fc.constantFrom(0, 0, 5, 30),
  unclaimed: fc.boolean(),
});
const which = fc.nat(50);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: sale },
  { weight: 4, arbitrary: some('refund', { which, all: fc.boolean(), line: fc.nat(2) }) },
  { weight: 2, arbitrary: some('void', { which }) },
  { weight: 2, arbitrary: some('attach', { which, member }) },
  { weight: 2, arbitrary: some('claim', { which, member }) },
  {
    weight: 2,
    arbitrary: some('adjust', { member, wallet: fc.nat(3), amount: fc.integer({ min: -20, max: 40 }) }),
  },
  {
    weight: 2,
    arbitrary: some('transfer', { member, to: member, wallet: fc.nat(3), amount: fc.integer({ min: 1, max: 30 }) }),
  },
  { weight: 1, arbitrary: some('club', { member, join: fc.boolean() }) },
  { weight: 1, arbitrary: some('merge', { member, from: member }) },
  { weight: 1, arbitrary: some('unmerge', { member, from: member }) },
  { weight: 1, arbitrary: some('goal', { member, wallet: fc.nat(3) }) },
  { weight: 6, arbitrary: some('wait', { days: fc.constantFrom(0, 1, 6, 15, 32) }) },
  { weight: 4, arbitrary: some('meet', { other: fc.nat(TILLS - 1) }) },
);
export type Turn = { readonly till: number; readonly step: Step };

export const turns = (maxLength: number): fc.Arbitrary<Turn[]> =>
  fc.array(fc.record({ till: fc.nat(TILLS - 1), step }), { maxLength, size: 'max' });

export type World = {
  readonly tills: readonly ReferenceTill[];
  readonly programme: Programme;
  date: BusinessDate;
};

export function openWorld(programme: Programme = everything()): World {
  let now = 1_000_000;
  const wall = (): number => (now += 1_000);
  const terms = termsOf(programme);
  const tills = Array.from(
    { length: TILLS },
    (_, index) => referenceTill(`till${index}`, { programme, terms, store: `store${index % 2}` as StoreId, wall }), // a name of the tests
  );
  const world: World = { tills, programme, date: '2026-01-10' as BusinessDate }; // in its form
  enrol(world);
  return world;
}

/** Every member but the first was brought by the one before. */
function enrol(world: World): void {
  const [first] = world.tills;
  for (const [index, name] of MEMBERS.entries()) {
    const referredBy = MEMBERS[index - 1] ?? null;
    const body = { joined: world.date, cards: [], commitment: null, referredBy, clubs: [] };
    first?.write('enrol', body, { date: world.date, member: name });
  }
  meet(world);
}

/** `together`: every till knows at once what another has written. */
export function play(
  world: World,
  history: readonly Turn[],
  { together = false, after = () => {} }: PlayOptions = {},
): void {
  for (const turn of history) {
    if (turn.step.do === 'meet') meetWith(world, turn.till, turn.step.other);
    if (turn.step.do === 'wait') wait(world, turn.step.days);
    const entry = playStep(world, turn);
    if (entry === undefined) continue;
    if (together) for (const till of world.tills) till.learn([entry]);
    after(entry);
  }
}
export type PlayOptions = { readonly together?: boolean; readonly after?: (entry: Entry) => void };

export function playStep(world: World, { till: index, step: wish }: Turn): Entry | undefined {
  const till = world.tills[index];
  if (till === undefined) return undefined;
  const { date } = world;
  switch (wish.do) {
    case 'sale':
      return sell(till, date, wish);
    case 'refund': {
      const of = nth(till, wish.which);
      const request = wish.all ? ({ all: true } as const) : { lines: [{ line: wish.line, quantity: '1' }] };
      return of && till.refund(of, request, date);
    }
    case 'void': {
      const of = nth(till, wish.which);
      return of && till.saleOf(of)?.record.date === date ? till.void(of) : undefined;
    }
    case 'attach': {
      const of = nth(till, wish.which);
      return of && till.saleOf(of)?.record.date === date ? till.attach(of, named(wish.member)) : undefined;
    }
    case 'claim': {
      const of = nth(till, wish.which);
      const account = of && till.saleOf(of)?.unclaimed?.account;
      return of && account
        ? till.write('claim', { sale: of, account }, { date, member: named(wish.member) })
        : undefined;
    }
    default:
      return playAccount(till, date, wish);
  }
}

function playAccount(
  till: ReferenceTill,
  date: BusinessDate,
  wish: Exclude<Step, { do: 'sale' | 'refund' | 'void' | 'attach' | 'claim' }>,
): Entry | undefined {
  switch (wish.do) {
    case 'adjust':
      return adjust(till, date, wish);
    case 'transfer':
      return transfer(till, date, wish);
    case 'club': {
      const body = { club: 'bakers', action: wish.join ? 'join' : 'leave' } as const;
      return till.write('club', body, { date, member: named(wish.member) });
    }
    case 'merge':
    case 'unmerge': {
      if (wish.member === wish.from) return undefined;
      return till.write(wish.do, { from: named(wish.from) }, { date, member: named(wish.member) });
    }
    case 'goal': {
      if (till.stateOf(named(wish.member)).goals.length > 0) return undefined;
      const body = { club: 'bakers', goal: 'loaves', wallet: walletAt(wish.wallet), amount: points(9) };
      return till.write('goal', body, { date, member: named(wish.member) });
    }
    case 'wait':
    case 'meet':
      return undefined;
    default:
      return wish satisfies never;
  }
}

function sell(till: ReferenceTill, date: BusinessDate, wish: Extract<Step, { do: 'sale' }>): Entry | undefined {
  const anonymous = wish.member === null;
  const claimed = anonymous && wish.unclaimed;
  const account = `new-${till.entries().length}-${till.sales().size}` as MemberId; // a name of the tests
  const who = claimed ? account : wish.member === null ? null : named(wish.member);
  const redeem = [
    ...wish.redeem.map((reward) => ({ reward })),
    ...(wish.pay === 0 ? [] : [{ reward: 'pay' as RewardId, points: wish.pay }]), // likewise
  ];
  const facts = { date, member: who, lines: wish.lines, claim: claimed ? ('c'.repeat(64) as HashHex) : null }; // likewise
  return till.sale({ ...facts, redeem: anonymous ? [] : redeem }) ?? till.sale(facts);
}

function adjust(till: ReferenceTill, date: BusinessDate, wish: Extract<Step, { do: 'adjust' }>): Entry | undefined {
  const who = named(wish.member);
  const wallet = walletAt(wish.wallet);
  const least = -spendableOf(till.stateOf(who), wallet, date);
  const amount = points(Math.max(least, wish.amount));
  return amount === 0 ? undefined : till.write('adjust', { wallet, amount, reason: 'because' }, { date, member: who });
}

function transfer(till: ReferenceTill, date: BusinessDate, wish: Extract<Step, { do: 'transfer' }>): Entry | undefined {
  const [who, to] = [named(wish.member), named(wish.to)];
  const wallet = walletAt(wish.wallet);
  const amount = points(Math.min(wish.amount, spendableOf(till.stateOf(who), wallet, date)));
  if (amount === 0 || till.owner(who) === till.owner(to)) return undefined;
  const lots = lotsToSend(till.stateOf(who), wallet, amount, date);
  return till.write('transfer', { to, wallet, amount, lots }, { date, member: who });
}

export function wait(world: World, days: number): void {
  const time = new Date(`${world.date}T00:00:00Z`);
  time.setUTCDate(time.getUTCDate() + days);
  world.date = time.toISOString().slice(0, 10) as BusinessDate; // in its form
}

export function meetWith({ tills }: World, one: number, other: number): void {
  const [left, right] = [tills[one], tills[other]];
  if (left === undefined || right === undefined || left === right) return;
  const [here, there] = [left.entries(), right.entries()];
  left.learn(there);
  right.learn(here);
}

/** Everybody learns everything. */
export function meet({ tills }: World): readonly Entry[] {
  const all = allEntries({ tills });
  for (const till of tills) till.learn(all);
  return all;
}

/** Each once, in the total order. */
export function allEntries({ tills }: Pick<World, 'tills'>): readonly Entry[] {
  const entries = new Map(tills.flatMap((till) => till.entries().map((entry) => [entry.id, entry] as const)));
  return [...entries.values()].toSorted(byOrder);
}

function nth(till: ReferenceTill, index: number): SaleId | undefined {
  const sales = [...till.sales().keys()];
  return sales.at(-1 - (index % Math.max(1, sales.length)));
}

function named(index: number): MemberId {
  return MEMBERS[index] ?? ('ivy' as MemberId); // a name of the tests
}

function walletAt(index: number): WalletId {
  return WALLETS[index] ?? ('points' as WalletId); // likewise
}

/** What three tills that know little of each other wrote, as they wrote it. */
export const history: fc.Arbitrary<readonly Entry[]> = turns(25).map((played) => {
  const world = openWorld();
  play(world, played);
  return world.tills.flatMap((till) => till.entries().filter((entry) => entry.till === till.name));
});
