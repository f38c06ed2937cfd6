/** Runs head office as a process of its own: says where it is as one JSON line, and gives a fresh console address for each line it reads. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createLog } from '../base/node/log.ts';
import { startHeadOffice } from '../sync/server/head-office.ts';
import { untilToldToStop } from './until-told-to-stop.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '4700' },
    console: { type: 'string' },
    database: { type: 'string' },
    'keep-keys': { type: 'string' },
  },
});
if (values.data === undefined) {
  console.error(
    'Name a data folder: --data FOLDER [--port 4700] [--console FOLDER] [--database NAME] [--keep-keys FILE]; DATABASE_URL names a PostgreSQL.',
  );
  process.exit(2);
}
const log = createLog('head-office', process.stderr);
const headOffice = await startHeadOffice({
  dataFolder: values.data,
  port: Number(values.port),
  consoleFolder: values.console,
  databaseUrl: process.env['DATABASE_URL'],
  database: values.database,
  log,
});
const keysFile = values['keep-keys'];
if (keysFile !== undefined) writeFileSync(keysFile, headOffice.admin.keysToKeep(), { mode: 0o600, flush: true });
const say = (): void => console.log(JSON.stringify({ url: headOffice.url, address: headOffice.consoleAddress() }));
say();
await untilToldToStop(say);
await headOffice.close();
