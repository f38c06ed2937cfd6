/** Runs a till as a process of its own, its screen in a browser: one JSON line says where; each line it reads gives a fresh address. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createLog } from '../base/node/log.ts';
import type { Refusal, Result } from '../base/result.ts';
import { startBrowserHost } from '../till/hosts/browser-host.ts';
import { openTill } from '../till/hosts/open-till.ts';
import { SESSIONS_FILE } from '../till/hosts/screen-sessions.ts';
import { readTillConfig } from '../till/hosts/till-config.ts';
import { untilToldToStop } from './until-told-to-stop.ts';

const ROOT = path.join(import.meta.dirname, '..');

const { values } = parseArgs({ options: { data: { type: 'string' }, screen: { type: 'string' } } });
if (values.data === undefined) {
  console.error('Name a data folder: --data FOLDER [--screen FOLDER]; till.json in it sets printer and ports.');
  process.exit(2);
}
const log = createLog('till', process.stderr);
const config = expectOk(readTillConfig(values.data));
const till = expectOk(
  await openTill({
    dataFolder: values.data,
    migrationsFolder: path.join(ROOT, 'migrations'),
    checkProgram: path.join(ROOT, 'till/store/rescue/check-worker.ts'),
    config,
    log,
  }),
);
const sessionsFile = path.join(values.data, SESSIONS_FILE);
const rendererFolder = values.screen ?? path.join(ROOT, 'dist', 'till');
const screen = expectOk(
  await startBrowserHost({ engine: till.engine, port: config.browser.port, rendererFolder, sessionsFile, log }),
);
const posApi = till.posApi.ok ? till.posApi.value.url : null;
if (!till.posApi.ok) log.warn(till.posApi.error.message);
const say = (): void => console.log(JSON.stringify({ url: screen.url, address: screen.startAddress(), posApi }));
say();
await untilToldToStop(say);
await screen.close();
await till.close();

function expectOk<Value>(result: Result<Value, Refusal>): Value {
  if (result.ok) return result.value;
  console.error(result.error.message);
  process.exit(1);
}
