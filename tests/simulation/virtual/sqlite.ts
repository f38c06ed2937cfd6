/**
 * better-sqlite3 for the till, real SQLite on a disk in memory. A file is one connection that stays open for all schedules, so that statements are
 * prepared once: each schedule runs inside one transaction of it, which is rolled back at its end; the till's own transactions are savepoints.
 * A process that was killed has lost its handle, and finds what it had committed. Power is cut between two commits: that SQLite itself rolls back to
 * the last of them is proved elsewhere, on real files (tests/torture).
 */
import RealDatabase from 'better-sqlite3';

type Real = RealDatabase.Database;
type Statement = RealDatabase.Statement<unknown[]>;

export class PowerCut extends Error {}

type Held = { readonly name: string; readonly columns: readonly string[]; readonly rows: readonly unknown[][] };
export type Dump = readonly Held[];

class VirtualFile {
  readonly real: Real = new RealDatabase(':memory:');
  readonly #pools = new Map<string, Statement[]>();
  /** The handle of the process that has it open. */
  open: Handle | undefined;
  #savepoint: Statement | undefined;
  #release: Statement | undefined;
  #back: Statement | undefined;

  /** The nth statement of this text that an opening prepares. */
  statement(sql: string, nth: number): Statement {
    const pool = this.#pools.get(sql) ?? [];
    this.#pools.set(sql, pool);
    const known = pool[nth];
    if (known !== undefined) {
      if (known.reader) known.pluck(false).raw(false);
      return known;
    }
    const made = this.real.prepare<unknown[]>(sql);
    pool.push(made);
    return made;
  }

  savepoint<Value>(work: () => Value): Value {
    this.#savepoint ??= this.real.prepare('SAVEPOINT t');
    this.#release ??= this.real.prepare('RELEASE t');
    this.#back ??= this.real.prepare('ROLLBACK TO t');
    this.#savepoint.run();
    try {
      const value = work();
      this.#release.run();
      return value;
    } catch (error) {
      this.#back.run();
      this.#release.run();
      throw error;
    }
  }

  dump(): Dump {
    const tables = this.real
      .prepare<[], string>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid`,
      )
      .pluck()
      .all();
    return tables.map((name) => {
      const info = this.real.pragma(`table_xinfo(${name})`) as { name: string; hidden: number }[]; // the pragma's own columns
      const columns = info.filter(({ hidden }) => hidden === 0).map((column) => `"${column.name}"`);
      const rows = this.real
        .prepare(`SELECT ${columns.join(', ')} FROM ${name}`)
        .raw()
        .all() as unknown[][]; // raw rows
      return { name, columns, rows };
    });
  }

  /** Tables of a file as it was when the schedule began, which holds no entry. */
  load(dump: Dump): void {
    this.real.pragma('defer_foreign_keys = ON');
    for (const { name } of dump) this.real.prepare(`DELETE FROM ${name}`).run();
    for (const { name, columns, rows } of dump) {
      if (rows.length === 0) continue;
      const insert = this.real.prepare(
        `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      );
      for (const row of rows) insert.run(row);
    }
    this.real.pragma('defer_foreign_keys = OFF');
  }
}

const files = new Map<string, VirtualFile>();
/** Of each disk: how many commits until the power is cut; then what happens. */
const cuts = new Map<string, { left: number; readonly cut: () => void }>();

function fileAt(path: string): VirtualFile {
  const file = files.get(path) ?? new VirtualFile();
  files.set(path, file);
  return file;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

class Handle {
  readonly name: string;
  readonly #file: VirtualFile;
  readonly #prepared = new Map<string, number>();
  #synchronous = 2;
  #inTransaction = false;

  constructor(path: string) {
    this.name = path;
    this.#file = fileAt(path);
    this.#file.open = this;
  }

  #assertOpen(): void {
    if (this.#file.open !== this) throw new PowerCut('this process is gone');
  }

  prepare(sql: string): Statement {
    this.#assertOpen();
    const nth = this.#prepared.get(sql) ?? 0;
    this.#prepared.set(sql, nth + 1);
    return this.#file.statement(sql, nth);
  }

  transaction<Value>(work: () => Value): { immediate(): Value } {
    return { immediate: () => this.#transact(work) };
  }

  #transact<Value>(work: () => Value): Value {
    this.#assertOpen();
    if (this.#inTransaction) return this.#file.savepoint(work);
    this.#inTransaction = true;
    try {
      const value = this.#file.savepoint(work);
      countCommit(folderOf(this.name));
      return value;
    } finally {
      this.#inTransaction = false;
    }
  }

  exec(sql: string): void {
    this.#assertOpen();
    this.#file.real.exec(sql);
  }

  pragma(text: string, options?: { simple?: boolean }): unknown {
    const synchronous = /^synchronous = (\w+)$/.exec(text)?.[1];
    if (synchronous !== undefined) this.#synchronous = synchronous === 'FULL' ? 2 : 1;
    if (text === 'synchronous') return this.#synchronous;
    if (text.startsWith('wal_checkpoint')) return [{ busy: 0 }];
    const passed = text.startsWith('user_version') || text.startsWith('table_') || text === 'foreign_keys';
    return passed ? this.#file.real.pragma(text, options) : [];
  }

  get inTransaction(): boolean {
    return this.#inTransaction;
  }

  close(): void {
    if (this.#file.open === this) this.#file.open = undefined;
  }
}

function countCommit(folder: string): void {
  const cut = cuts.get(folder);
  if (cut === undefined) return;
  cut.left -= 1;
  if (cut.left > 0) return;
  cuts.delete(folder);
  cut.cut();
  throw new PowerCut('the power was cut');
}

/** Once so many commits were made on the disk; `cut` is told in the same turn. */
export function cutPowerAfter(folder: string, commits: number, cut: () => void): void {
  cuts.set(folder, { left: commits, cut });
}

export function forgetCut(folder: string): void {
  cuts.delete(folder);
}

function ofFolder(folder: string): [string, VirtualFile][] {
  return [...files].filter(([path]) => folderOf(path) === folder);
}

/** The process that has the disk's databases open is gone. */
export function closeAll(folder: string): void {
  for (const [, file] of ofFolder(folder)) file.open = undefined;
}

export function dumpAll(folder: string): ReadonlyMap<string, Dump> {
  return new Map(ofFolder(folder).map(([path, file]) => [path.slice(folder.length), file.dump()]));
}

export function loadAll(folder: string, dumps: ReadonlyMap<string, Dump>): void {
  resetAll(folder);
  for (const [name, dump] of dumps) fileAt(folder + name).load(dump);
}

/** What the disk holds now is what each schedule begins with. */
export function beginAll(folder: string): void {
  for (const [, file] of ofFolder(folder)) file.real.exec('BEGIN');
}

/** As at the beginning. */
export function resetAll(folder: string): void {
  for (const [, file] of ofFolder(folder)) {
    file.open = undefined;
    file.real.exec('ROLLBACK');
    file.real.exec('BEGIN');
  }
}

/** `readonly`: a copy of what is committed. */
const Database = function (path: string, options: RealDatabase.Options = {}): unknown {
  if (!path.startsWith('/sim/')) return new RealDatabase(path, options);
  if (options.readonly === true) return new RealDatabase(fileAt(path).real.serialize());
  return new Handle(path);
};
// oxlint-disable-next-line import/no-default-export -- the module that it stands in for has one
export default Database;
