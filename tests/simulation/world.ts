/** The world of a schedule: one head office, tills with their copies, members; and what was confirmed to somebody, which must never be lost. */
import { createHash } from 'node:crypto';
import type { MemberId, OperatorId, TillId } from '../../base/ids.ts';
import type { OperatorRole } from '../../loyalty/roles.ts';
import type { Caller } from '../../till/app/context.ts';
import { type Answered, type Asked, memberId, OfficeCrash, openOffice, type SimulatedOffice } from './head-office.ts';
import { checkInvariants } from './invariants.ts';
import type { Backup } from './memory-store/tables.ts';
import { type DiskImage, newTill, OFFICE_URL, type SimulatedTill, start, wipe } from './till.ts';
import { chanceBytes, seedChance } from './virtual/random.ts';
import { beginAll } from './virtual/sqlite.ts';
import { filesOf } from './virtual/fs.ts';
import { virtualTime, type VirtualTime } from './virtual/time.ts';

export const CLONES_MAX = 2;
const STARTS_AT = Date.parse('2026-03-02T09:00:00Z');
/** A customer waits no longer; a till asks head office for some seconds. */
const CALL_MS_MAX = 30_000;
const SYNC_MS_MAX = 60_000;

export type Command = {
  readonly till: SimulatedTill;
  readonly name: string;
  readonly input: unknown;
  readonly caller: Caller;
  readonly answer: string;
};
export type KnownSale = { readonly sale: string; readonly till: number };

export type World = {
  readonly time: VirtualTime;
  readonly office: SimulatedOffice;
  /** Those that run, copies included. */
  tills: SimulatedTill[];
  readonly members: MemberId[];
  sales: KnownSale[];
  codes: string[];
  commands: Command[];
  /** Ids of entries that somebody saw confirmed, by the disk that they lie on. */
  confirmed: Map<string, SimulatedTill>;
  backups: Map<number, DiskImage>;
  officeBackup: Backup | undefined;
  /** How many machines ran on somebody else's data. */
  clones: number;
  /** By account and wallet, what was held by data that were copied, or brought back. */
  cloneBound: Map<string, number>;
  problems: Problems;
  note(text: string): void;
  hash(): string;
};

export const PROBLEMS = [
  'overspends',
  'lost',
  'duplicated',
  'brokenChains',
  'unbalanced',
  'diverged',
  'stuck',
  'invariants',
  'errors',
] as const;
export type Problem = (typeof PROBLEMS)[number];
export type Problems = { readonly of: Problem; readonly what: string }[];

/** Made once in a worker; each schedule begins with it. */
export type Stage = {
  readonly time: VirtualTime;
  readonly office: SimulatedOffice;
  readonly tills: readonly SimulatedTill[];
  readonly spare: readonly SimulatedTill[];
  readonly tables: Backup;
  readonly files: ReadonlyMap<SimulatedTill, ReadonlyMap<string, Buffer>>;
};

/** One machine for each till of the shop, enrolled, and empty ones for copies. */
export async function setStage(count: number): Promise<Stage> {
  seedChance('stage');
  const time = virtualTime();
  time.reset(STARTS_AT);
  const ids = Array.from({ length: count }, (_, index) => `t${index + 1}` as TillId); // names of ours
  const office = await openOffice(() => time.now(), ids);
  const tills = ids.map((id, slot) => newTill(slot, id));
  const spare = Array.from({ length: CLONES_MAX }, (_, index) => newTill(count + index, 't0' as TillId)); // takes another's
  for (const till of [...tills, ...spare]) {
    start(till, { time, answer: office.answer });
    if (tills.includes(till)) await enrolled(time, office, till);
    await till.engine?.close();
    till.engine = undefined;
    beginAll(till.folder);
  }
  const files = new Map([...tills, ...spare].map((till) => [till, filesOf(till.folder)]));
  return { time, office, tills, spare, tables: office.backup(), files };
}

async function enrolled(time: VirtualTime, office: SimulatedOffice, till: SimulatedTill): Promise<void> {
  const input = { headOffice: OFFICE_URL, code: office.codeOf(till.id) };
  const answer = await time.until(till.engine?.call('till.enrol', input) ?? Promise.resolve(undefined), CALL_MS_MAX);
  if (answer?.ok !== true) throw new Error(`a till could not enrol: ${JSON.stringify(answer)}`);
}

export async function openWorld(
  stage: Stage,
  { seed, programme, members }: { seed: string; programme: object; members: number },
): Promise<World> {
  const { time, office, tills, spare, tables, files } = stage;
  seedChance(seed);
  time.reset(STARTS_AT);
  await office.restore(tables, true);
  for (const till of [...tills, ...spare]) {
    wipe(till, files.get(till) ?? new Map());
    Object.assign(till, { ...newTill(till.slot, till.id), boots: 0 });
  }
  const hash = createHash('sha256');
  const world: World = {
    time,
    office,
    tills: [...tills],
    members: Array.from({ length: members }, (_, index) => memberId(index)),
    sales: [],
    codes: [],
    commands: [],
    confirmed: new Map(),
    backups: new Map(),
    officeBackup: undefined,
    clones: 0,
    cloneBound: new Map(),
    problems: [],
    note: (text) => void hash.update(`${text}\n`),
    hash: () => hash.digest('hex'),
  };
  await office.publish(JSON.stringify(programme));
  await office.enrolMembers(world.members.map((id) => ({ id, cards: [], joined: '2026-01-01' as never }))); // a date
  for (const till of tills) {
    boot(world, till);
    await sync(world, till);
  }
  return world;
}

export function boot(world: World, till: SimulatedTill): void {
  start(till, { time: world.time, answer: (asked) => officeAnswers(world, asked) });
}

/** Folded a moment after, as head office does; where it died over the request, nobody hears anything. */
async function officeAnswers(world: World, asked: Asked): Promise<Answered | undefined> {
  const { office, time } = world;
  const answered = await attempt(world, () => office.answer(asked));
  if (asked.path.endsWith('/push') || asked.path.endsWith('/salvage')) time.after(3, () => fold(world), office);
  return answered;
}

/** And looks whether all still holds. */
export async function fold(world: World): Promise<void> {
  await attempt(world, world.office.fold);
  await look(world);
}

export async function look(world: World): Promise<void> {
  const reported = new Set(world.problems.map(({ what }) => what));
  checkInvariants(await world.office.office(), world.cloneBound, (of, what) => {
    if (!reported.has(what)) world.problems.push({ of, what });
  });
}

/** Undefined: head office died over it, and is there again. */
export async function attempt<Value>(world: World, work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OfficeCrash)) throw error;
    await world.office.restore(world.office.backup());
    return undefined;
  }
}

export function callerOf(role: OperatorRole): Caller {
  return { actor: { operator: role as string as OperatorId, role }, approver: null }; // named after the role
}

export function newCommandId(): string {
  const hex = chanceBytes(16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** What the till answers; undefined where it refused, or was cut off. What was confirmed is noted. */
export async function ask(
  world: World,
  till: SimulatedTill,
  name: string,
  input: object,
  caller: Caller,
): Promise<Record<string, unknown> | undefined> {
  if (till.engine === undefined) boot(world, till);
  const { engine } = till;
  if (engine === undefined) return undefined;
  const before = engine.parts.writer.last()?.seq;
  const answered = await world.time.until(engine.call(name, input, caller), CALL_MS_MAX);
  if (till.engine !== engine) {
    world.note(`${name} cut`);
    return undefined;
  }
  if (answered === undefined)
    return void world.problems.push({ of: 'stuck', what: `${name} at ${till.id} gave no answer` });
  world.note(`${till.slot} ${name} ${answered.ok ? 'ok' : answered.error.code}`);
  if (!answered.ok && answered.error.code === 'internal-error')
    world.problems.push({ of: 'errors', what: `${name} at ${till.id}: ${JSON.stringify(answered.error)}` });
  if (!answered.ok) return undefined;
  noteConfirmed(world, till, before);
  if ('command' in input) world.commands.push({ till, name, input, caller, answer: JSON.stringify(answered.value) });
  return answered.value as Record<string, unknown>; // every answer of the contract is an object
}

function noteConfirmed(world: World, till: SimulatedTill, before: number | undefined): void {
  const { store, writer } = till.engine?.parts ?? {};
  const inc = store?.streams.current()?.inc;
  const last = writer?.last();
  if (store === undefined || inc === undefined || last === undefined || last.seq === before) return;
  const stored = store.entries.at(inc, last.seq);
  if (stored !== undefined) world.confirmed.set(JSON.parse(stored.bytes.toString('utf8')).id, till);
}

export async function sync(world: World, till: SimulatedTill): Promise<boolean> {
  if (till.engine === undefined) boot(world, till);
  const { engine } = till;
  if (engine === undefined) return false;
  const done = await world.time.until(engine.link.syncNow(), SYNC_MS_MAX);
  world.note(`${till.slot} sync ${done === undefined ? 'open' : done.ok ? 'ok' : done.error.code}`);
  return done?.ok === true;
}

export async function enrolAgain(world: World, till: SimulatedTill): Promise<boolean> {
  if (till.engine === undefined) boot(world, till);
  const input = { headOffice: OFFICE_URL, code: world.office.codeOf(till.id) };
  const answered = await world.time.until(
    till.engine?.call('till.enrol', input) ?? Promise.resolve(undefined),
    SYNC_MS_MAX,
  );
  world.note(`${till.slot} enrol ${answered?.ok === true ? 'ok' : 'not'}`);
  return answered?.ok === true;
}

/** Forks keep the sales of their own. */
export function nth<Item>(items: readonly Item[], number: number): Item | undefined {
  return items.length === 0 ? undefined : items[number % items.length];
}
