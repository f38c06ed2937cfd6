/** Fills an empty data folder with the example: a real head office and two real tills trade for some weeks on a clock of their own. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { catalogueSchema, type CatalogueItem } from '../../base/catalogue.ts';
import { epochMs, localTime, parseBusinessDate } from '../../base/business-date.ts';
import { present } from '../../base/assert.ts';
import type { MemberId, StoreId, TillId } from '../../base/ids.ts';
import { parseCardCode } from '../../hardware/scanner/code.ts';
import { startHeadOffice, type HeadOffice } from '../../sync/server/head-office.ts';
import { openTillEngine, type TillEngine } from '../../till/app/engine.ts';
import { TILL_CONFIG_FILE } from '../../till/hosts/till-config.ts';
import {
  EXAMPLE_CARDS,
  exampleMember,
  MEMBERS,
  ORGANISATION,
  STORES,
  TILLS,
  type ExampleTill,
} from './example-chain.ts';
import { pseudoRandom } from './pseudo-random.ts';
import { expectOk, line, lotsSum, sell, type SoldLine, STAMPS_FOR_A_COFFEE } from './selling.ts';
import { PASS_SKU, showTheProgramme } from './showcase.ts';

const DAYS = 30;
const ASK_MS_MAX = 60_000;
const SALES_PER_DAY = 24;
const DAY_MS = 86_400_000;
const OPENS_MS = 7 * 3_600_000;
const OPEN_MS = 11 * 3_600_000;
/** Regulars come often, the others now and then. */
const REGULARS = 220;
const MIGRATIONS = path.join(import.meta.dirname, '..', '..', 'migrations');

type Folders = { readonly headOffice: string; till(id: string): string };
type Shop = { readonly till: ExampleTill; readonly engine: TillEngine };

export async function seedExample(
  folders: Folders,
  headOfficePort: number,
  say: (line: string) => void,
  days = DAYS,
): Promise<void> {
  const end = Date.now();
  let now = end - days * DAY_MS;
  const clock = (): number => now;
  const log = pino({ level: 'silent' });
  say('making head office and its 1,000 members');
  const headOffice = await startHeadOffice({
    dataFolder: folders.headOffice,
    port: headOfficePort,
    organisation: ORGANISATION,
    clock,
    log,
  });
  try {
    await setUpChain(headOffice, now);
    const shops: Shop[] = [];
    for (const till of TILLS)
      shops.push({ till, engine: await openTill(headOffice, till, folders.till(till.id), clock) });
    say(`trading for ${days} days`);
    for (let day = 0; day < days; day += 1) {
      const midnight = end - (days - day) * DAY_MS;
      await trade(shops, midnight - (midnight % DAY_MS), (at) => (now = at), day);
      await meet(headOffice, shops);
    }
    await showTheProgramme(present(shops[0], 'the first till').engine, exampleItems());
    await meet(headOffice, shops);
    now = end;
    await meet(headOffice, shops);
    for (const { engine } of shops) await engine.close();
  } finally {
    await headOffice.close();
  }
}

/** Tills that know of each other give nobody twice what can be had once: the example has nothing for head office to flag. */
async function meet(headOffice: HeadOffice, shops: readonly Shop[]): Promise<void> {
  for (const { engine } of shops) expectOk(await engine.link.syncNow());
  await headOffice.admin.foldToEnd();
  for (const { engine } of shops) expectOk(await engine.link.syncNow());
}

async function setUpChain({ admin }: HeadOffice, now: number): Promise<void> {
  const read = (file: string): string => readFileSync(path.join(import.meta.dirname, file), 'utf8');
  expectOk(await admin.publishProgramme(read('programme.json')));
  expectOk(await admin.publishCatalogue(JSON.parse(read('catalogue.json'))));
  for (const { id, name, receiptHeader } of STORES) {
    const store = {
      id: id as StoreId, // the example's own id
      name,
      receiptHeader: [...receiptHeader],
      receiptFooter: ['Thank you!'],
      locale: 'en-IE',
    };
    expectOk(await admin.createStore(store));
  }
  const today = localTime(epochMs(Date.now()), 'Europe/Berlin').date;
  const joined = present(parseBusinessDate(new Date(now).toISOString().slice(0, 10)), 'a date');
  const members = Array.from({ length: MEMBERS }, (_, index) => {
    const { id, card, firstName, birthday, segments } = exampleMember(index, today);
    return { id: id as MemberId, cards: [expectOk(parseCardCode(card))], joined, firstName, birthday, segments }; // the example's own id
  });
  expectOk(await admin.enrolMembers(members));
}

async function openTill(
  { admin, url }: HeadOffice,
  till: ExampleTill,
  dataFolder: string,
  clock: () => number,
): Promise<TillEngine> {
  expectOk(await admin.createTill({ id: till.id as TillId, name: till.name, store: till.store as StoreId })); // the example's own ids
  const { code } = expectOk(await admin.createEnrolmentCode(till.id as TillId)); // likewise
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const config = {
    engine: { exampleCards: EXAMPLE_CARDS, printer: { kind: 'virtual', id: 'Screen printer' } },
    browser: { port: till.screenPort },
    posApi: { port: till.posPort },
  };
  writeFileSync(path.join(dataFolder, TILL_CONFIG_FILE), `${JSON.stringify(config, undefined, 2)}\n`, { mode: 0o600 });
  const engine = expectOk(
    openTillEngine({
      dataFolder,
      migrationsFolder: MIGRATIONS,
      // However slow the machine: a till that wants what another holds waits until that one gave it back.
      config: { pullEveryMs: 3_600_000, askMsMax: ASK_MS_MAX },
      clock: { wall: () => epochMs(clock()), monotonic: clock, boot: 'seed' },
      log: pino({ level: 'silent' }),
    }),
  );
  expectOk(await engine.call('till.enrol', { headOffice: url, code }));
  expectOk(await engine.link.syncNow());
  return engine;
}

/** One day at all tills, in its order, since they share a clock: people come, most with a card, and buy one to three things. */
async function trade(
  shops: readonly Shop[],
  midnight: number,
  setTime: (at: number) => void,
  day: number,
): Promise<void> {
  const everyday = exampleItems().filter(({ sku }) => sku !== PASS_SKU);
  const places = shops.map(({ engine }, place) => ({ engine, place, random: pseudoRandom(day * 31 + place) }));
  for (let sale = 0; sale < SALES_PER_DAY; sale += 1) {
    setTime(midnight + OPENS_MS + Math.floor((sale / SALES_PER_DAY) * OPEN_MS));
    for (const { engine, place, random } of places) {
      const member = random() < 0.85 ? visitor(random, (day + place) % 2) : null;
      const lines = Array.from({ length: 1 + Math.floor(random() * 3) }, () => line(pick(everyday, random)));
      await sell(engine, member, lines, member === null ? [] : wishes(engine, member, lines));
    }
  }
}

function exampleItems(): readonly CatalogueItem[] {
  const text = readFileSync(path.join(import.meta.dirname, 'catalogue.json'), 'utf8');
  return catalogueSchema.parse(JSON.parse(text)).items;
}

/** Who has nine stamps takes the next coffee free. */
function wishes({ parts }: TillEngine, member: MemberId, lines: readonly SoldLine[]): { reward: string }[] {
  const state = parts.members.find(member)?.state;
  const enough = state !== undefined && lotsSum(state.wallets, 'stamps') >= STAMPS_FOR_A_COFFEE;
  return enough && lines.some(({ category }) => category === 'Coffee') ? [{ reward: 'tenth-coffee' }] : [];
}

/** Those of even numbers come to one till and those of odd ones to the other, a day each: nobody is at both on one day. */
function visitor(random: () => number, parity: number): MemberId {
  const drawn =
    random() < 0.8 ? Math.floor(random() ** 2 * REGULARS) : REGULARS + Math.floor(random() * (MEMBERS - REGULARS - 2));
  const index = drawn - (drawn % 2) + parity;
  // The second stays away until it collects its stamps, the last has never bought anything.
  return `member-${(index === 1 || index === MEMBERS - 1 ? 3 : index) + 1}` as MemberId; // the example's own id
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  return present(items[Math.floor(random() * items.length)], 'an item');
}
