/**
 * Head office's database in memory: what sync/server/store keeps in PostgreSQL, as maps. Only the SQL is replaced; all that head office decides runs
 * as it is. A transaction is rolled back by its journal, and a copy of all tables is a backup.
 */
import type { HashHex, IncarnationId, MemberId, SaleId, StoreId, TillId } from '../../../base/ids.ts';
import type { Adoption } from '../../../sync/server/store/adoptions.ts';
import type { CountedPart, GrantFeedRow, Recall, UncountedEntry } from '../../../sync/server/store/allowances.ts';
import type { Card, CardFact } from '../../../sync/server/store/cards.ts';
import type { Database, Queries } from '../../../sync/server/store/client.ts';
import type { Deferral } from '../../../sync/server/store/deferrals.ts';
import type { EnrolmentCodeRecord, EnrolmentFailures } from '../../../sync/server/store/enrolment-codes.ts';
import type { StoredEntry } from '../../../sync/server/store/entries.ts';
import type { Flag } from '../../../sync/server/store/flags.ts';
import type { ForkEntry } from '../../../sync/server/store/forks.ts';
import type { KnownMember, PersonalData } from '../../../sync/server/store/members.ts';
import type { StateRow } from '../../../sync/server/store/member-states.ts';
import type { Organisation } from '../../../sync/server/store/organisation.ts';
import type { ProgrammeVersion } from '../../../sync/server/store/publications.ts';
import type { SaleStateRow } from '../../../sync/server/store/sale-states.ts';
import type { StoreRecord } from '../../../sync/server/store/stores.ts';

type Undo = () => void;
export type Journal = { open: Undo[] | undefined };

/** Rows are replaced, never changed, so that a copy of the map is a copy of the table. */
export class Table<Key, Row> {
  #rows = new Map<Key, Row>();
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  get(key: Key): Row | undefined {
    return this.#rows.get(key);
  }

  has(key: Key): boolean {
    return this.#rows.has(key);
  }

  set(key: Key, row: Row): void {
    const rows = this.#rows;
    const before = rows.get(key);
    this.#journal.open?.push(before === undefined ? () => rows.delete(key) : () => rows.set(key, before));
    rows.set(key, row);
  }

  delete(key: Key): void {
    const rows = this.#rows;
    const before = rows.get(key);
    if (before === undefined) return;
    this.#journal.open?.push(() => rows.set(key, before));
    rows.delete(key);
  }

  values(): Row[] {
    return [...this.#rows.values()];
  }

  keys(): Key[] {
    return [...this.#rows.keys()];
  }

  /** Of these keys, what is there. */
  some(keys: readonly Key[]): Row[] {
    return keys.flatMap((key) => this.#rows.get(key) ?? []);
  }

  backup(): ReadonlyMap<Key, Row> {
    return new Map(this.#rows);
  }

  restore(rows: ReadonlyMap<Key, Row>): void {
    this.#rows = new Map(rows);
  }
}

export type EntryRow = StoredEntry & {
  readonly till: TillId;
  readonly store: StoreId;
  readonly kind: string;
  readonly hash: HashHex;
  readonly signature: string | null;
};
export type IncarnationRow = {
  readonly id: IncarnationId;
  readonly till: TillId;
  readonly publicKey: string;
  readonly privateKey: string | null;
  readonly receivedSeq: number;
  readonly receivedHead: HashHex;
  readonly lastSeenAt: number | null;
  readonly seenEpoch: string | null;
  readonly seenPosition: number;
  readonly forkedAt: number | null;
  readonly brokenAt: number | null;
  readonly branchOf: IncarnationId | null;
  readonly fencedAt: number | null;
  readonly closedAt: number | null;
};
export type Counted = { readonly own: number; readonly spent: number; readonly returned: number };
export type Versioned = { readonly version: number; readonly position: number };
export type MemberRow = KnownMember &
  Omit<PersonalData, 'member'> & { readonly joined: string; readonly blocked: boolean };

export function newTables() {
  const journal: Journal = { open: undefined };
  const table = <Row>() => new Table<string, Row>(journal);
  return {
    journal,
    tables: {
      org: table<Organisation>(),
      counters: table<number>(),
      stores: table<StoreRecord & { readonly own: boolean; readonly position: number }>(),
      tills: table<{
        readonly id: TillId;
        readonly name: string;
        readonly store: StoreId;
        readonly position: number;
      }>(),
      codes: table<EnrolmentCodeRecord>(),
      failures: table<EnrolmentFailures>(),
      incarnations: table<IncarnationRow>(),
      /** By position. */
      entries: table<EntryRow>(),
      /** Positions by incarnation and seq. */
      places: table<number>(),
      /** Positions of entries that name an account, or a sale; by that. */
      byAccount: table<readonly number[]>(),
      bySale: table<readonly number[]>(),
      namesOthers: table<boolean>(),
      byId: table<number>(),
      groups: table<MemberId>(),
      forks: table<ForkEntry & { readonly inc: IncarnationId }>(),
      forkProfiles: table<{ readonly seq: number; readonly sealed: string }>(),
      adoptions: table<Adoption & { readonly doneAt: number | null }>(),
      members: table<MemberRow>(),
      states: table<StateRow & Versioned>(),
      sales: table<SaleStateRow & Versioned & { readonly sale: SaleId }>(),
      flags: table<Flag>(),
      deferrals: table<Deferral>(),
      cardFacts: table<CardFact>(),
      cards: table<Card>(),
      profiles: table<{
        readonly inc: IncarnationId;
        readonly seq: number;
        readonly sealed: string | null;
        readonly openedAt: number | null;
      }>(),
      officeRows: table<{ readonly position: number; readonly inc: IncarnationId; readonly seq: number }>(),
      programmes: table<ProgrammeVersion & { readonly position: number }>(),
      catalogues: table<{ readonly version: number; readonly text: string; readonly position: number }>(),
      dailyRuns: table<number>(),
      /** By incarnation and part. */
      allowances: table<CountedPart>(),
      grants: table<GrantFeedRow>(),
      /** By position. */
      uncounted: table<UncountedEntry>(),
      recalls: table<Recall>(),
      /** The checkers' own: the same counters, by another way. */
      oracle: table<Counted>(),
      unseen: table<number>(),
      /** Of accounts, by wallet: involuntary debits that burnt nothing. */
      debits: table<number>(),
      risks: table<number>(),
      overdrafts: table<number>(),
    },
  };
}
export type Tables = ReturnType<typeof newTables>['tables'];
export type Backup = { readonly [Name in keyof Tables]: ReadonlyMap<string, unknown> };

export type MemoryDatabase = {
  readonly database: Database;
  readonly tables: Tables;
  backup(): Backup;
  restore(backup: Backup): void;
};

/** `committed`: told after each transaction; where it throws, head office's process is gone after that commit. */
export function memoryDatabase(committed: () => void = () => undefined): MemoryDatabase {
  const { journal, tables } = newTables();
  const begin = async (first: unknown, second?: unknown): Promise<unknown> => {
    const work = (typeof first === 'function' ? first : second) as (transaction: unknown) => Promise<unknown>; // either form
    if (journal.open !== undefined) throw new Error('one transaction at a time');
    const undo: Undo[] = [];
    journal.open = undo;
    try {
      const outcome = await work(queries);
      journal.open = undefined;
      committed();
      return outcome;
    } catch (error) {
      if (journal.open !== undefined) {
        journal.open = undefined;
        for (const step of undo.toReversed()) step();
      }
      throw error;
    }
  };
  const unknown = (): never => {
    throw new Error('a statement that the head office in memory has no code for');
  };
  const queries = Object.assign(unknown, { begin, notify: () => Promise.resolve(), tables });
  const all = Object.entries(tables) as [keyof Tables, Table<string, unknown>][]; // of one shape
  return {
    database: queries as unknown as Database, // what of it is used
    tables,
    backup: () => Object.fromEntries(all.map(([name, table]) => [name, table.backup()])) as unknown as Backup, // all of them
    restore: (backup) => {
      for (const [name, table] of all) table.restore(backup[name]);
    },
  };
}

export function tablesOf(queries: Queries): Tables {
  return (queries as unknown as { readonly tables: Tables }).tables; // made above
}

export function placeOf(inc: IncarnationId, seq: number): string {
  return `${inc} ${seq}`;
}

export function positionName(position: number): string {
  return String(position);
}

export function byText<Row>(of: (row: Row) => string): (left: Row, right: Row) => number {
  return (left, right) => (of(left) < of(right) ? -1 : of(left) > of(right) ? 1 : 0);
}
