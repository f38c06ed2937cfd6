/** The world of one scenario: a real head office on its own database, real till engines on their own files, one clock that the steps set. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { businessTime, epochMs, localTime, parseBusinessDate, type BusinessDate } from '../../base/business-date.ts';
import type { MemberId, SaleId, StoreId, TillId } from '../../base/ids.ts';
import type { Log } from '../../base/node/log.ts';
import { parseCardCode } from '../../hardware/scanner/code.ts';
import { programmeInEffect } from '../../loyalty/programme/in-effect.ts';
import { parseProgramme } from '../../loyalty/programme/parse.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import { allowancesAnswerSchema } from '../../sync/protocol/allowances.ts';
import { ALLOWANCES_PATH } from '../../sync/protocol/paths.ts';
import { startHeadOffice, type HeadOffice } from '../../sync/server/head-office.ts';
import { openTillEngine, type TillEngine } from '../../till/app/engine.ts';
import { scenarioClock, type ScenarioClock } from './clock.ts';
import type { Databases } from './databases.ts';
import type { Scenario, ScenarioMember } from './scenario-format.ts';

const MIGRATIONS = path.join(import.meta.dirname, '..', '..', 'migrations');
/** A till of a scenario exchanges when a step says so; the beat of a real one is out of the way. */
const PULL_EVERY_MS = 3_600_000;
/** However busy the machine is: what a till may wait for is no matter of a scenario. */
const ASK_MS_MAX = 120_000;
/** All is set up this long before the first step, so that what was there first is first in the order of facts too. */
const SETUP_BEFORE_MS = 1_000;
const DEFAULT_JOINED = '2025-01-01';

export type ScenarioTill = { readonly name: string; readonly engine: TillEngine; online: boolean };

/** A sale that was made: `account` is whom it earned for, a member or an account that nobody has claimed. */
type KnownSale = {
  readonly sale: SaleId;
  readonly till: string;
  readonly account: MemberId | null;
  readonly claimCode: string | null;
};

export type World = {
  readonly headOffice: HeadOffice;
  readonly tills: ReadonlyMap<string, ScenarioTill>;
  /** By the names of the scenario. */
  readonly sales: Map<string, KnownSale>;
  /** The id behind a name of the scenario, the same each time; a name that nobody was enrolled under has one that nobody knows. */
  memberId(name: string): MemberId;
  /** Everybody that the scenario spoke of so far, accounts of anonymous sales included. */
  accounts(): Iterable<MemberId>;
  now(): number;
  setTime(at: number): void;
  /** Of a moment, in the zone of the programme. */
  dateOf(at: number): BusinessDate;
  /** Makes a version known to head office; the fields that are wrong where it is refused. */
  publish(document: unknown): Promise<Published>;
  /** Exchanges with all these tills that are online, until nothing is left to send or fetch. */
  sync(tills: Iterable<string>): Promise<void>;
  close(): Promise<void>;
};

type Published = Awaited<ReturnType<HeadOffice['admin']['publishProgramme']>>;

/** What the programme or the members need and is not built, or is wrong: said instead of a run. */
export class ScenarioCannotRun extends Error {}

export async function buildWorld(scenario: Scenario, databases: Databases): Promise<World> {
  const folder = mkdtempSync(path.join(databases.tillsFolder, 'tills-'));
  const database = await databases.take();
  const clock = scenarioClock(firstTime(scenario) - SETUP_BEFORE_MS);
  const log = pino({ level: 'silent' });
  const headOffice = await startHeadOffice({
    dataFolder: databases.dataFolder,
    databaseUrl: databases.databaseUrl,
    database,
    port: 0,
    clock: clock.wall,
    dailyRuns: false,
    log,
  });
  const tills = new Map<string, ScenarioTill>();
  const world = worldOf(headOffice, tills, clock, async () => {
    for (const { engine } of tills.values()) await engine.close();
    await headOffice.close();
    databases.leave(database);
    rmSync(folder, { recursive: true, force: true });
  });
  try {
    await publishAll(world, scenario);
    await enrolMembers(world, scenario.members);
    for (const name of scenario.tills) {
      const recalled = (by: string): Promise<void> => exchangeAll(world, (till) => till.name !== by);
      tills.set(name, await openTill(scenario, name, { headOffice, folder, clock, log, recalled }));
    }
    await world.sync(scenario.tills);
    return world;
  } catch (error) {
    await world.close();
    throw error;
  }
}

function worldOf(
  headOffice: HeadOffice,
  tills: ReadonlyMap<string, ScenarioTill>,
  clock: ScenarioClock,
  close: () => Promise<void>,
): World {
  const members = new Map<string, MemberId>();
  const sales = new Map<string, KnownSale>();
  const published: Programme[] = [];
  const world: World = {
    headOffice,
    tills,
    sales,
    memberId: (name) => {
      const id = members.get(name) ?? (randomUUID() as string as MemberId); // minted for this name
      members.set(name, id);
      return id;
    },
    accounts: () => new Set([...members.values(), ...[...sales.values()].flatMap(({ account }) => account ?? [])]),
    now: clock.wall,
    setTime: clock.set,
    dateOf: (at) => dateIn(published, at),
    publish: async (document) => {
      const result = await headOffice.admin.publishProgramme(JSON.stringify(document));
      const parsed = parseProgramme(document);
      if (result.ok && parsed.ok) published.push(parsed.value);
      return result;
    },
    sync: (names) => syncTills(world, names),
    close,
  };
  return world;
}

function firstTime({ steps }: Scenario): number {
  const times = steps.flatMap((step) => ('at' in step && step.at !== undefined ? [Date.parse(step.at)] : []));
  return Math.min(...times, Date.parse('2100-01-01T00:00:00Z'));
}

function dateIn(versions: readonly Programme[], at: number): BusinessDate {
  const timezone = versions[0]?.timezone ?? 'UTC';
  const current = programmeInEffect(versions, localTime(epochMs(at), timezone).date);
  return businessTime(epochMs(at), timezone, current?.dayStart ?? 0).date;
}

async function publishAll(world: World, { programme, programmes = [programme] }: Scenario): Promise<void> {
  for (const document of programmes) {
    const published = await world.publish(document);
    if (!published.ok) throw new ScenarioCannotRun(problemsOf(published.error));
  }
}

/** Every field that is not built, by path. */
export function problemsOf({
  message,
  problems,
}: {
  message: string;
  problems: readonly { path: string; message: string }[];
}): string {
  return problems.length === 0
    ? message
    : problems.map((problem) => `programme.${problem.path}: ${problem.message}`).join(' ');
}

async function enrolMembers(world: World, members: readonly ScenarioMember[]): Promise<void> {
  const enrolled = await world.headOffice.admin.enrolMembers(members.map((member) => newMember(world, member)));
  if (!enrolled.ok) throw new ScenarioCannotRun(`members.${enrolled.error.path ?? ''}: ${enrolled.error.message}`);
}

function newMember(world: World, member: ScenarioMember) {
  const { id, phone, email, birthday, segments = [], clubs = [], blocked = false, referredBy } = member;
  const joined = parseBusinessDate(member.joined ?? DEFAULT_JOINED);
  const card = member.card === undefined ? undefined : parseCardCode(member.card);
  if (joined === undefined || card?.ok === false) throw new ScenarioCannotRun(`Member ${id} has a wrong date or card.`);
  return {
    id: world.memberId(id),
    joined,
    cards: card === undefined ? [] : [card.value],
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
    ...(birthday === undefined ? {} : { birthday }),
    ...(referredBy === undefined ? {} : { referredBy: world.memberId(referredBy) }),
    segments,
    clubs,
    blocked,
  };
}

type Surroundings = {
  readonly headOffice: HeadOffice;
  readonly folder: string;
  readonly clock: ScenarioClock;
  readonly log: Log;
  /** Head office told the other tills to give something back that this one waits for. */
  readonly recalled: (by: string) => Promise<void>;
};

/**
 * The other tills of a scenario exchange when it says so, and besides when one of them waits for what they are to give back. What is still out
 * after that is at tills without a line: nothing happens while the scenario's clock stands still, so nobody waits for it.
 */
function answering(name: string, recalled: Surroundings['recalled']): typeof fetch {
  let waited = false;
  return async (input, init) => {
    const answer = await fetch(input, init);
    const url = new Request(input).url;
    if (!url.endsWith(ALLOWANCES_PATH) || !answer.ok) return answer;
    const said = allowancesAnswerSchema.parse(await answer.clone().json());
    if (said.state !== 'recalling' || waited) {
      waited = false;
      return said.state === 'recalling' ? Response.json({ ...said, state: 'none' }) : answer;
    }
    await recalled(name);
    waited = true;
    return answer;
  };
}

async function openTill(
  scenario: Scenario,
  name: string,
  { headOffice, folder, clock, log, recalled }: Surroundings,
): Promise<ScenarioTill> {
  const { admin, url } = headOffice;
  const store = (scenario.stores[name] ?? 's1') as StoreId; // a scenario's name is the store's id
  await admin.createStore({ id: store, name: store }); // a second till of the store finds it made
  const till = name as TillId; // likewise
  await admin.createTill({ id: till, name, store });
  const code = await admin.createEnrolmentCode(till);
  if (!code.ok) throw new Error(code.error.message);
  const dataFolder = mkdtempSync(path.join(folder, 'till-')); // whatever the till is called
  const opened = openTillEngine({
    dataFolder,
    migrationsFolder: MIGRATIONS,
    config: { pullEveryMs: PULL_EVERY_MS, live: false, askMsMax: ASK_MS_MAX },
    clock: { wall: () => epochMs(clock.wall()), monotonic: () => clock.monotonic(), boot: 'scenario' },
    log,
    fetch: answering(name, recalled),
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const enrolled = await opened.value.call('till.enrol', { headOffice: url, code: code.value.code });
  if (!enrolled.ok) throw new Error(enrolled.error.message);
  return { name, engine: opened.value, online: true };
}

/** More than any sync of a scenario needs: what one till sends another has yet to fetch, and it may answer to that. */
const ROUNDS_MAX = 12;

async function syncTills(world: World, names: Iterable<string>): Promise<void> {
  const meant = new Set(names);
  let before = '';
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    await exchangeAll(world, ({ name }) => meant.has(name));
    const now = JSON.stringify([...world.tills.values()].map(placeOf));
    if (now === before) return;
    before = now;
  }
}

/** Once with each that is online. */
async function exchangeAll({ tills, headOffice }: World, isMeant: (till: ScenarioTill) => boolean): Promise<void> {
  for (const till of tills.values()) {
    if (!till.online || !isMeant(till)) continue;
    const synced = await till.engine.link.syncNow();
    if (!synced.ok) throw new Error(synced.error.message);
  }
  await headOffice.admin.foldToEnd();
}

/** How far a till has come with head office. */
function placeOf({ engine: { parts } }: ScenarioTill) {
  const { position } = parts.store.members.lastCursor();
  return [parts.writer.last()?.seq ?? 0, parts.stream()?.acknowledgedSeq ?? 0, position];
}
