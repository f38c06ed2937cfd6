/**
 * `npm run --silent rebuild-head-office -- --data FOLDER TILL-FOLDER…`: makes a head office that was lost altogether again, in an empty
 * database, from the data folders of its tills (or copies of them). Prints one JSON line; exit 0 done, 1 refused, 2 called wrongly.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createLog } from '../base/node/log.ts';
import { openLookupKey } from '../till/app/keys.ts';
import { readTillBook } from '../till/store/read-book.ts';
import { LEDGER_FILE } from '../till/store/till-store.ts';
import { readKeptKeys } from '../sync/server/rebuild/kept-keys.ts';
import { rebuildHeadOffice } from '../sync/server/rebuild/rebuild.ts';
import type { TillBook } from '../sync/server/rebuild/till-book.ts';
import { openEmptyDatabase } from '../sync/server/rebuild/open-empty.ts';

const { values, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    database: { type: 'string' },
    'country-code': { type: 'string', default: '49' },
    keys: { type: 'string' },
    'open-balances': { type: 'boolean', default: false },
  },
});
const missing = folders.find((folder) => !existsSync(path.join(folder, LEDGER_FILE)));
if (values.data === undefined || folders.length === 0 || missing !== undefined) {
  console.error(
    missing === undefined
      ? 'Usage: rebuild-head-office -- --data FOLDER [--database NAME] [--country-code 49] [--keys FILE] [--open-balances] TILL-FOLDER…'
      : `${missing} holds no ${LEDGER_FILE}.`,
  );
  process.exit(2);
}
const log = createLog('rebuild', process.stderr);
const opened = folders.map((folder) => {
  const book = readTillBook(folder);
  return { book, lookupKey: openLookupKey(folder, book.streams.at(-1)?.inc) };
});
const target = await openEmptyDatabase({
  dataFolder: values.data,
  databaseUrl: process.env['DATABASE_URL'],
  database: values.database,
  log,
});
try {
  const books = opened.map(({ book, lookupKey }): TillBook => ({ ...book, lookupKey }));
  const result = await rebuildHeadOffice(target.database, books, {
    at: Date.now(),
    countryCode: values['country-code'],
    openBalances: values['open-balances'],
    keys: values.keys === undefined ? undefined : readKeptKeys(readFileSync(values.keys, 'utf8')),
  });
  console.log(JSON.stringify(result.ok ? { done: true, ...result.value } : { done: false, ...result.error }));
  process.exitCode = result.ok ? 0 : 1;
} finally {
  for (const { book } of opened) book.close();
  await target.close();
}
