/** The world of one scenario: a real head office on its own database, real till engines on their own files, one clock that the steps set. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { epochMs, parseBusinessDate } from '../../base/business-date.ts';
import type { MemberId, SaleId, StoreId, TillId } from '../../base/ids.ts';
import type { Log } from '../../base/node/log.ts';
import { parseCardCode } from '../../hardware/scanner/code.ts';
import { startHeadOffice, type HeadOffice } from '../../sync/server/head-office.ts';
import { openTillEngine, type TillEngine } from '../../till/app/engine.ts';
import type { Scenario, ScenarioMember } from './scenario-format.ts';

const MIGRATIONS = path.join(import.meta.dirname, '..', '..', 'migrations');
/** A till of a scenario exchanges when a step says so; the beat of a real one is out of the way. */
const PULL_EVERY_MS = 3_600_000;

export type ScenarioTill = { readonly engine: TillEngine; online: boolean };

export type World = {
  readonly headOffice: HeadOffice;
  readonly tills: ReadonlyMap<string, ScenarioTill>;
  /** Names of the scenario and the ids behind them. */
  readonly members: Map<string, MemberId>;
  readonly sales: Map<string, { readonly sale: SaleId; readonly till: string }>;
  setTime(at: number): void;
  /** Exchanges with all these tills that are online, until nothing is left to send or fetch. */
  sync(tills: Iterable<string>): Promise<void>;
  close(): Promise<void>;
};

/** Where head offices of scenarios keep their databases: one PostgreSQL for all, one database each. */
export type Databases = { readonly dataFolder: string; readonly databaseUrl?: string | undefined; next(): string };

/** What the programme or the members need and is not built, or is wrong: said instead of a run. */
export class ScenarioCannotRun extends Error {}

export async function buildWorld(scenario: Scenario, databases: Databases): Promise<World> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-scenario-'));
  const log = pino({ level: 'silent' });
  let now = firstTime(scenario);
  const clock = (): number => now;
  const headOffice = await startHeadOffice({
    dataFolder: databases.dataFolder,
    databaseUrl: databases.databaseUrl,
    database: databases.next(),
    port: 0,
    clock,
    log,
  });
  const tills = new Map<string, ScenarioTill>();
  const world: World = {
    headOffice,
    tills,
    members: new Map(),
    sales: new Map(),
    setTime: (at) => {
      now = at;
    },
    sync: (names) => syncTills(world, names),
    close: async () => {
      for (const { engine } of tills.values()) await engine.close();
      await headOffice.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await publishAll(headOffice, scenario);
    await enrolMembers(world, scenario.members);
    for (const name of scenario.tills)
      tills.set(name, await openTill(scenario, name, { headOffice, folder, clock, log }));
    await world.sync(scenario.tills);
    return world;
  } catch (error) {
    await world.close();
    throw error;
  }
}

/** Before anything happens; steps of a scenario may be dated in any order. */
function firstTime({ steps }: Scenario): number {
  const times = steps.flatMap((step) => ('at' in step && step.at !== undefined ? [Date.parse(step.at)] : []));
  return Math.min(...times, Date.parse('2100-01-01T00:00:00Z'));
}

async function publishAll({ admin }: HeadOffice, { programme, programmes = [programme] }: Scenario): Promise<void> {
  for (const document of programmes) {
    const published = await admin.publishProgramme(JSON.stringify(document));
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
  for (const member of members) {
    if ((member.clubs ?? []).length > 0) throw new ScenarioCannotRun('Clubs are not built yet.');
    if (member.referredBy !== undefined) throw new ScenarioCannotRun('Referral is not built yet.');
    const joined = parseBusinessDate(member.joined ?? '2025-01-01');
    const card = member.card === undefined ? undefined : parseCardCode(member.card);
    if (joined === undefined || card?.ok === false)
      throw new ScenarioCannotRun(`Member ${member.id} has a wrong date or card.`);
    const enrolled = await world.headOffice.admin.enrolMember({
      joined,
      cards: card === undefined ? [] : [card.value],
      ...(member.phone === undefined ? {} : { phone: member.phone }),
      ...(member.email === undefined ? {} : { email: member.email }),
      ...(member.birthday === undefined ? {} : { birthday: member.birthday }),
      segments: member.segments ?? [],
      blocked: member.blocked ?? false,
    });
    if (!enrolled.ok) throw new ScenarioCannotRun(`Member ${member.id}: ${enrolled.error.message}`);
    world.members.set(member.id, enrolled.value);
  }
}

type Surroundings = { readonly headOffice: HeadOffice; readonly folder: string; clock(): number; readonly log: Log };

async function openTill(
  scenario: Scenario,
  name: string,
  { headOffice, folder, clock, log }: Surroundings,
): Promise<ScenarioTill> {
  const { admin, url } = headOffice;
  const store = (scenario.stores[name] ?? 's1') as StoreId; // a scenario's name is the store's id
  await admin.createStore({ id: store, name: store }); // a second till of the store finds it made
  const till = name as TillId; // likewise
  await admin.createTill({ id: till, name, store });
  const code = await admin.createEnrolmentCode(till);
  if (!code.ok) throw new Error(code.error.message);
  const opened = openTillEngine({
    dataFolder: path.join(folder, name),
    migrationsFolder: MIGRATIONS,
    config: { pullEveryMs: PULL_EVERY_MS },
    clock: { wall: () => epochMs(clock()), monotonic: clock, boot: 'scenario' },
    log,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const enrolled = await opened.value.call('till.enrol', { headOffice: url, code: code.value.code });
  if (!enrolled.ok) throw new Error(enrolled.error.message);
  return { engine: opened.value, online: true };
}

async function syncTills({ tills, headOffice }: World, names: Iterable<string>): Promise<void> {
  const online = [...names].flatMap((name) => tills.get(name) ?? []).filter((till) => till.online);
  // Twice: what the second till sends is what the first has yet to fetch.
  for (let round = 0; round < 2; round += 1) {
    for (const { engine } of online) {
      const synced = await engine.link.syncNow();
      if (!synced.ok) throw new Error(synced.error.message);
      await headOffice.admin.foldToEnd();
    }
  }
}
