/** Two stores with real tills on a real head office, for tests that play conflicts: tills are offline until a test lets them meet head office. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { epochMs, type BusinessDate } from '../../base/business-date.ts';
import type { CardCode, MemberId, StoreId, TillId } from '../../base/ids.ts';
import { entriesOf } from '../../base/records.ts';
import { balanceOf } from '../../ledger/member-state.ts';
import { flagsOf } from '../../sync/server/store/flags.ts';
import type { TestServer } from '../../sync/server/testing/databases.ts';
import { startTestHeadOffice, type TestHeadOffice } from '../../sync/server/testing/test-head-office.ts';
import type { Caller } from '../../till/app/context.ts';
import { openTillEngine, type TillEngine } from '../../till/app/engine.ts';
import type { TillCallName, TillInput, TillOutput } from '../../till/contract/calls.ts';
import { MIGRATIONS, newCommand } from '../../till/testing/test-till.ts';

const AN_HOUR_MS = 3_600_000;
const FIRST = '2026-03-02T09:00:00Z';

export type Shop = {
  readonly ho: TestHeadOffice;
  readonly t1: ShopTill;
  /** In another store than the first. */ readonly t2: ShopTill;
  readonly t3: ShopTill;
  /** One clock for all. */
  set(iso: string): void;
  /** A minute later. */
  later(): void;
  member(cards?: readonly string[]): Promise<MemberId>;
  /** All tills meet head office, in this order or in that of the names given, until nothing is left to send or fetch. */
  meet(...tills: readonly ShopTill[]): Promise<void>;
  /** Points by head office, and by every till: where they differ, all of them. */
  balance(member: MemberId, wallet?: string): Promise<number | readonly number[]>;
  close(): Promise<void>;
};

export type ShopTill = {
  readonly name: string;
  readonly engine: TillEngine;
  ask<Name extends TillCallName>(name: Name, input: TillInput<Name>, caller?: Caller): Promise<TillOutput<Name>>;
  refusal(name: TillCallName, input: unknown, caller?: Caller): Promise<string>;
  /** Goods for so many minor units. */
  sell(
    member: MemberId | null,
    price: number,
    more?: Partial<TillInput<'sale.commit'>>,
  ): Promise<TillOutput<'sale.commit'>>;
  /** Codes by seq of what head office has to say of the till's entries. */
  flags(): Promise<readonly string[]>;
};

/** One minor unit a point; every conflict has something in it. */
export const PROGRAMME = {
  id: 'p',
  version: 1,
  effectiveFrom: '2025-01-01',
  currency: 'EUR',
  minorDigits: 2,
  timezone: 'UTC',
  enrolment: 'opt-in',
  wallets: [{ id: 'points', kind: 'points' }],
  earn: [{ id: 'base', wallet: 'points', amount: { per: 'spend', give: 1, every: 100 } }],
  rewards: [{ id: 'pay', cost: { wallet: 'points' }, give: { kind: 'spend', points: 1, money: 1, step: 1 } }],
};

export async function openShop(server: TestServer, programme: object = PROGRAMME): Promise<Shop> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-conflicts-'));
  const ho = await startTestHeadOffice(server);
  ho.clock.now = Date.parse(FIRST);
  await ho.office.admin.createStore({ id: 's2' as StoreId, name: 'Nord' }); // a name of the tests
  await ho.office.admin.publishProgramme(JSON.stringify(programme));
  const all: ShopTill[] = [];
  for (const [name, store] of [
    ['t1', 's1'],
    ['t2', 's2'],
    ['t3', 's1'],
  ] as const)
    all.push(await openTill(ho, folder, name, store as StoreId)); // likewise
  const [t1, t2, t3] = all;
  if (t1 === undefined || t2 === undefined || t3 === undefined) throw new Error('three tills were opened');
  await meetAll(ho, all);
  const today = (): BusinessDate => new Date(ho.clock.now).toISOString().slice(0, 10) as BusinessDate; // the zone is UTC
  return {
    ho,
    t1,
    t2,
    t3,
    set: (iso) => {
      ho.clock.now = Date.parse(iso);
    },
    later: () => {
      ho.clock.now += 60_000;
    },
    member: async (cards = []) => {
      const enrolled = await ho.office.admin.enrolMember({
        cards: cards as readonly CardCode[], // in their form
        joined: '2026-01-01' as BusinessDate, // a date
      });
      if (!enrolled.ok) throw new Error(enrolled.error.message);
      await meetAll(ho, all);
      return enrolled.value;
    },
    meet: (...tills) => meetAll(ho, tills.length === 0 ? all : tills),
    balance: async (member, wallet = 'points') => {
      const view = await ho.office.admin.memberView(member, today());
      const balances = [
        new Map<string, number>(entriesOf(view?.balances ?? {})).get(wallet) ?? 0,
        ...all.map(({ engine: { parts } }) =>
          balanceOf(parts.members.standingOf(leadOf(parts, member)).state, wallet as never, today()),
        ), // a name of the tests
      ];
      return new Set(balances).size === 1 ? (balances[0] ?? 0) : balances;
    },
    close: async () => {
      for (const { engine } of all) await engine.close();
      await ho.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function leadOf({ members }: TillEngine['parts'], member: MemberId): MemberId {
  return members.find(member)?.member ?? member;
}

async function openTill(ho: TestHeadOffice, folder: string, name: string, store: StoreId): Promise<ShopTill> {
  const id = name as TillId; // a name of the tests
  await ho.office.admin.createTill({ id, name, store });
  const code = await ho.office.admin.createEnrolmentCode(id);
  if (!code.ok) throw new Error(code.error.message);
  const wall = () => epochMs(ho.clock.now);
  const opened = openTillEngine({
    dataFolder: mkdtempSync(path.join(folder, `${name}-`)),
    migrationsFolder: MIGRATIONS,
    config: { pullEveryMs: AN_HOUR_MS, live: false },
    clock: { wall, monotonic: wall, boot: 'test' },
    log: pino({ level: 'silent' }),
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const engine = opened.value;
  const enrolled = await engine.call('till.enrol', { headOffice: ho.office.url, code: code.value.code });
  if (!enrolled.ok) throw new Error(enrolled.error.message);
  engine.link.setOnline(false);
  return shopTill(ho, name, engine);
}

function shopTill(ho: TestHeadOffice, name: string, engine: TillEngine): ShopTill {
  const ask: ShopTill['ask'] = async (call, input, caller) => {
    const answer = await engine.call(call, input, caller);
    if (!answer.ok) throw new Error(`${call} was refused: ${JSON.stringify(answer.error)}`);
    return answer.value as never; // the contract's type of this call
  };
  return {
    name,
    engine,
    ask,
    refusal: async (call, input, caller) => {
      const answer = await engine.call(call, input, caller);
      return answer.ok ? `not refused: ${JSON.stringify(answer.value)}` : answer.error.code;
    },
    sell: (member, price, more = {}) =>
      ask('sale.commit', {
        command: newCommand(),
        member,
        lines: [{ sku: 'TEA', quantity: '1', unitPrice: price }],
        redeem: [],
        reference: null,
        expectedDue: null,
        ...more,
      }),
    flags: async () => {
      const inc = engine.parts.stream()?.inc;
      if (inc === undefined) return [];
      return (await flagsOf(ho.database, inc)).map(({ code }) => code);
    },
  };
}

async function meetAll(ho: TestHeadOffice, tills: readonly ShopTill[]): Promise<void> {
  await ho.office.admin.foldToEnd();
  for (const _round of ['send', 'fetch']) {
    for (const { engine } of tills) {
      engine.link.setOnline(true);
      const synced = await engine.link.syncNow();
      engine.link.setOnline(false);
      if (!synced.ok) throw new Error(synced.error.message);
    }
    await ho.office.admin.foldToEnd();
  }
}
