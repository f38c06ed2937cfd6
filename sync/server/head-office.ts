/** Head office: HTTP over PostgreSQL. It holds nothing itself, so several processes can serve one database. */
import { present } from '../../base/assert.ts';
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId, StoreId, TillId } from '../../base/ids.ts';
import type { Log } from '../../base/node/log.ts';
import { ok, type Refusal, type Result } from '../../base/result.ts';
import type { EnrolmentCode } from '../protocol/console.ts';
import {
  adjustMember,
  mergeMembers,
  setClub,
  unmergeMembers,
  type Adjustment,
  type AdjustRefusal,
  type ClubChange,
  type ClubRefusal,
  type Merge,
  type MergeRefusal,
  type UnmergeRefusal,
} from './admin/accounts.ts';
import { blockEnrolled, enrolMembers, type EnrolMemberRefusal, type NewMember } from './admin/enrol-members.ts';
import { foundOrganisation, type NewOrganisation } from './admin/found-organisation.ts';
import { memberView, type MemberView } from './admin/member-view.ts';
import { publishCatalogue, publishProgramme, type Published, type PublishRefusal } from './admin/publish.ts';
import type { Setting } from './admin/setting.ts';
import {
  createEnrolmentCode,
  createStore,
  createTill,
  setReceiptTexts,
  type NewStore,
  type NewTill,
  type ReceiptTexts,
} from './admin/stores-and-tills.ts';
import { followAnnouncements } from './announcements.ts';
import { startDailyLoop } from './daily/daily-loop.ts';
import { runDay, type DayRun } from './daily/run-day.ts';
import { catchUp } from './fold/catch-up.ts';
import { startFoldLoop, type FoldLoop } from './fold/fold-loop.ts';
import { resumeDeferred } from './fold/resume.ts';
import { createWakes, type Wakes } from './feed/wakes.ts';
import { createApp } from './http/app.ts';
import { startConsoleEvents, type ConsoleEvents } from './http/console-events.ts';
import { hostsOf } from './http/console-guard.ts';
import { consoleSessions, type ConsoleSessions } from './http/console-session.ts';
import { addConsoleSite } from './http/console-site.ts';
import { addHealth } from './http/health.ts';
import { addSnapshotRoutes } from './http/snapshot-routes.ts';
import { addChecksumRoutes } from './http/checksum-routes.ts';
import { addSalvageRoutes } from './http/salvage-routes.ts';
import { addSyncRoutes } from './http/sync-routes.ts';
import { snapshotBuilder, type SnapshotBuilder, type SnapshotBuilt } from './snapshot/builder.ts';
import { startSnapshotLoop } from './snapshot/snapshot-loop.ts';
import { lastPosition } from './store/counters.ts';
import { keptKeysText } from './rebuild/kept-keys.ts';
import { assertDurable, openClient, type Database } from './store/client.ts';
import { ensureEntryParts } from './store/entry-parts.ts';
import { startDatabase, type DatabaseServer } from './postgres/database-server.ts';
import { migrate } from './postgres/migrate.ts';

export type StartHeadOffice = {
  /** For its own PostgreSQL; nothing is written there where `databaseUrl` names another. */
  readonly dataFolder: string;
  readonly databaseUrl?: string | undefined;
  /** Name of the database; by default that of the address, or `loyaltill`. It is made where it is missing. */
  readonly database?: string | undefined;
  /** 0: one that the system picks. */
  readonly port: number;
  readonly host?: string;
  /** Other names, with port, by which browsers reach the console, behind a proxy for example. */
  readonly consoleHosts?: readonly string[];
  /** Built files of the console. */
  readonly consoleFolder?: string | undefined;
  /** Of the organisation, at the first start. */
  readonly organisation?: Partial<NewOrganisation>;
  /** Milliseconds since 1970; virtual in scenarios. */
  readonly clock?: () => number;
  /** Whether it runs each business date by itself; by default it does. Scenarios say when. */
  readonly dailyRuns?: boolean;
  /** Where files of snapshots are made; by default the system's folder for such. Each member takes about 1 KB. */
  readonly snapshotFolder?: string | undefined;
  readonly log: Log;
};

export type HeadOfficeAdmin = {
  createStore(store: NewStore): ReturnType<typeof createStore>;
  setReceiptTexts(store: StoreId, texts: ReceiptTexts): ReturnType<typeof setReceiptTexts>;
  createTill(till: NewTill): ReturnType<typeof createTill>;
  createEnrolmentCode(till: TillId): Promise<Result<EnrolmentCode, Refusal<'unknown-till'>>>;
  /** The document's exact text. */
  publishProgramme(text: string): Promise<Result<Published, PublishRefusal>>;
  publishCatalogue(document: unknown): ReturnType<typeof publishCatalogue>;
  /** Each is in the feed when this returns. */
  enrolMember(member: NewMember): Promise<Result<MemberId, EnrolMemberRefusal>>;
  enrolMembers(members: readonly NewMember[]): Promise<Result<MemberId[], EnrolMemberRefusal>>;
  /** With all that was accepted before the call, on a business date, by default today's; undefined: no such member. */
  memberView(member: MemberId, date?: BusinessDate): Promise<MemberView | undefined>;
  /** What these change is in the feed when they return. They are dated today. */
  mergeMembers(merge: Merge): Promise<Result<undefined, MergeRefusal>>;
  unmergeMembers(merge: Merge): Promise<Result<undefined, UnmergeRefusal>>;
  adjustMember(adjustment: Adjustment): Promise<Result<undefined, AdjustRefusal>>;
  setClub(change: ClubChange): Promise<Result<undefined, ClubRefusal>>;
  /** What falls due by that date: expiries in the books, goals of clubs. Again it gives nothing twice. */
  runDay(date: BusinessDate): Promise<DayRun>;
  /** A file of all members for tills that are far behind; one at a time, in a process of its own. Each night one is made anyway. */
  buildSnapshot(): Promise<SnapshotBuilt>;
  /** Until all that was accepted before the call is folded. */
  foldToEnd(): Promise<void>;
  /** To keep in a safe place apart from the database; see rebuild/kept-keys.ts. */
  keysToKeep(): string;
};

export type HeadOffice = {
  readonly url: string;
  readonly admin: HeadOfficeAdmin;
  /** Address of the console with a fresh token in its fragment, good once and for 60 seconds. */
  consoleAddress(): string;
  /** Method and address of everything that it answers. */
  readonly routes: readonly string[];
  close(): Promise<void>;
};

const DEFAULT_ORGANISATION: NewOrganisation = { name: 'Loyaltill', countryCode: '49' };

export async function startHeadOffice(options: StartHeadOffice): Promise<HeadOffice> {
  const server = await startDatabase(options);
  const closers: Closers = [() => server.close()];
  const closeAll = (): Promise<void> => closeInTurn(closers.splice(0).toReversed());
  try {
    const database = await openDatabase(server, options.database, closers);
    const clock = options.clock ?? Date.now;
    const org = await foundOrganisation(database, { ...DEFAULT_ORGANISATION, ...options.organisation }, clock());
    const setting: Setting = { database, org, clock };
    const fold = startFoldLoop({ ...setting, log: options.log });
    closers.push(() => fold.close());
    await catchUp(database, clock());
    await resumeDeferred(database, clock());
    const events = await startConsoleEvents(database, options.log);
    const pushed = (): void => {
      fold.wake();
      events.pushed();
    };
    const wakes = createWakes({ position: () => lastPosition(database, 'feed'), log: options.log });
    const folded = (): void => {
      events.folded();
      wakes.moved();
    };
    const announcements = await followAnnouncements(database, { pushed, folded });
    closers.push(() => announcements.close());
    fold.wake();
    if (options.dailyRuns !== false) {
      const daily = startDailyLoop({ ...setting, log: options.log }, fold);
      closers.push(() => daily.close());
    }
    const snapshots = startSnapshots(setting, server.url(options.database), options, closers);
    const sessions = consoleSessions(setting);
    const { url, routes } = await listen({ setting, fold, events, wakes, sessions }, options, closers);
    options.log.info({ url, postgres: server.version, folder: server.folder }, 'head office is there');
    return {
      url,
      admin: adminOf(setting, fold, snapshots),
      routes,
      consoleAddress: () => `${url}/#token=${sessions.issueToken()}`,
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

type Closers = (() => Promise<void>)[];

/** All of them, whatever fails on the way: a database server that nobody stops would go on for ever. */
async function closeInTurn(closers: Closers): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closers) await close().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'head office did not close well');
}

async function openDatabase(server: DatabaseServer, name: string | undefined, closers: Closers): Promise<Database> {
  const url = server.url(name);
  await server.createDatabase(decodeURIComponent(new URL(url).pathname.slice(1)));
  const database = openClient(url);
  closers.push(() => database.end({ timeout: 5 }));
  await assertDurable(database);
  const migrated = await migrate(database);
  if (!migrated.ok) throw new Error(migrated.error.message);
  await ensureEntryParts(database);
  return database;
}

function startSnapshots(
  setting: Setting,
  url: string,
  { snapshotFolder: folder, dailyRuns, log }: StartHeadOffice,
  closers: Closers,
): SnapshotBuilder {
  const builder = snapshotBuilder({ url, folder, clock: setting.clock, log });
  closers.push(() => builder.close());
  if (dailyRuns !== false) {
    const loop = startSnapshotLoop({ ...setting, log }, builder);
    closers.push(async () => {
      await builder.close();
      await loop.close();
    });
  }
  return builder;
}

type Parts = {
  readonly setting: Setting;
  readonly fold: FoldLoop;
  readonly events: ConsoleEvents;
  readonly wakes: Wakes;
  readonly sessions: ConsoleSessions;
};

async function listen(
  { setting, fold, events, wakes, sessions }: Parts,
  { port, host = '127.0.0.1', consoleHosts = [], consoleFolder, log }: StartHeadOffice,
  closers: Closers,
): Promise<Pick<HeadOffice, 'url' | 'routes'>> {
  const app = await createApp(setting, log);
  let hosts: ReadonlySet<string> = new Set();
  addSyncRoutes(app, setting, fold, wakes);
  addSnapshotRoutes(app, setting);
  addChecksumRoutes(app, setting);
  addSalvageRoutes(app, setting, fold.wake);
  addHealth(app, setting);
  addConsoleSite(app, { setting, sessions, events, hosts: () => hosts, folder: consoleFolder });
  closers.push(async () => {
    events.close();
    wakes.close();
    await app.close();
  });
  const url = await app.listen({ port, host });
  hosts = hostsOf(url, consoleHosts);
  return { url, routes: app.routeNames };
}

function adminOf(setting: Setting, fold: FoldLoop, snapshots: SnapshotBuilder): HeadOfficeAdmin {
  const enrol = async (members: readonly NewMember[]): Promise<Result<MemberId[], EnrolMemberRefusal>> => {
    const enrolled = await enrolMembers(setting, members);
    if (!enrolled.ok) return enrolled;
    await fold.toEnd();
    await blockEnrolled(
      setting,
      enrolled.value.filter((_, index) => members[index]?.blocked === true),
    );
    return enrolled;
  };
  /** It sees all that was accepted before, and what it enters is folded. */
  const folded = async <Answer>(change: () => Promise<Answer>): Promise<Answer> => {
    await fold.toEnd();
    const answer = await change();
    await fold.toEnd();
    return answer;
  };
  return {
    createStore: (store) => createStore(setting, store),
    setReceiptTexts: (store, texts) => setReceiptTexts(setting, store, texts),
    createTill: (till) => createTill(setting, till),
    createEnrolmentCode: (till) => createEnrolmentCode(setting, till),
    publishProgramme: (text) => publishProgramme(setting, text),
    publishCatalogue: (document) => publishCatalogue(setting, document),
    enrolMembers: enrol,
    enrolMember: async (member) => {
      const enrolled = await enrol([member]);
      return enrolled.ok ? ok(present(enrolled.value[0], 'one was enrolled')) : enrolled;
    },
    memberView: async (member, date) => {
      await fold.toEnd();
      return await memberView(setting, member, date);
    },
    mergeMembers: (merge) => folded(() => mergeMembers(setting, merge)),
    unmergeMembers: (merge) => folded(() => unmergeMembers(setting, merge)),
    adjustMember: (adjustment) => folded(() => adjustMember(setting, adjustment)),
    setClub: (change) => folded(() => setClub(setting, change)),
    runDay: (date) => runDay(setting, fold, date),
    buildSnapshot: snapshots.build,
    foldToEnd: () => fold.toEnd(),
    keysToKeep: () => keptKeysText(setting.org),
  };
}
