/**
 * `npm start`: the working till and head office with example data, everything in one folder. `--reset` makes the folder anew. Standard
 * input takes `offline` and `online` (stops and starts head office, as if the line were cut); any other line gives fresh addresses.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { startDesktopTill } from './desktop.ts';
import { startedChild, type StartedChild } from './example/children.ts';
import { EXAMPLE_CARDS, HEAD_OFFICE_PORT, TILLS } from './example/example-chain.ts';
import { seedExample } from './example/seed.ts';
import { removeDatabase } from '../sync/server/postgres/database-server.ts';
import { buildScreens } from './build/screens.ts';

const ROOT = path.join(import.meta.dirname, '..');
/** Start addresses work once, for a minute: while nobody can have opened them, new ones are shown. */
const ADDRESSES_AGAIN_MS = 55_000;
const ADDRESSES_AGAIN_TIMES = 10;

const { values } = parseArgs({
  options: {
    reset: { type: 'boolean', default: false },
    data: { type: 'string' },
    /** `npm run desktop`: says why where the desktop app cannot be had. */
    desktop: { type: 'boolean', default: false },
  },
});
const data = path.resolve(values.data ?? path.join(ROOT, 'data', 'example'));
const headOfficeFolder = path.join(data, 'head-office');

if (values.reset) await reset();
await buildScreens({ testRuntime: false, force: false });
if (!existsSync(data)) await seed();
let headOffice: StartedChild | undefined = await startHeadOffice();
const [firstTill, ...otherTills] = TILLS;
const desktop = await startDesktopTill(path.join(data, firstTill.id));
if (!desktop.ok && values.desktop) say(`${desktop.error.message} Till 1 is shown in a browser instead.`);
const inBrowser = desktop.ok ? otherTills : TILLS;
const tills = await Promise.all(
  inBrowser.map(async (till) => ({ till, child: await startedChild('till.ts', ['--data', path.join(data, till.id)]) })),
);
showAll();
openBrowser();
let shown = 0;
const again = setInterval(() => {
  shown += 1;
  if (shown > ADDRESSES_AGAIN_TIMES) clearInterval(again);
  else void freshAddresses();
}, ADDRESSES_AGAIN_MS);
createInterface({ input: process.stdin }).on('line', (line) => void obey(line.trim()));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());

async function reset(): Promise<void> {
  await removeDatabase(headOfficeFolder);
  rmSync(data, { recursive: true, force: true });
}

/** Beside the final place first: a folder that is there is whole. */
async function seed(): Promise<void> {
  say('making the example data, once');
  const beside = `${data}.making`;
  await removeDatabase(path.join(beside, 'head-office'));
  rmSync(beside, { recursive: true, force: true });
  const folders = { headOffice: path.join(beside, 'head-office'), till: (id: string) => path.join(beside, id) };
  await seedExample(folders, HEAD_OFFICE_PORT, say);
  renameSync(beside, data);
}

function startHeadOffice(): Promise<StartedChild> {
  const consoleFolder = path.join(ROOT, 'dist', 'console');
  return startedChild('head-office.ts', [
    '--data',
    headOfficeFolder,
    '--port',
    String(HEAD_OFFICE_PORT),
    '--console',
    consoleFolder,
  ]);
}

function showAll(): void {
  const lines = [
    '',
    'Loyaltill is ready. Each address works once, within a minute; press Enter for new ones.',
    ...(desktop.ok ? [`  ${firstTill.name} (${firstTill.store})   in its own window`] : []),
    ...tills.map(({ till, child }) => `  ${till.name} (${till.store})   ${child.place.address}`),
    ...(headOffice === undefined ? ['  head office is offline'] : [`  Head office       ${headOffice.place.address}`]),
    ...tills.map(({ till, child }) => {
      const token = path.join(data, till.id, 'pos-api-token');
      return `  POS API of ${till.name}   ${child.place.posApi ?? 'not there'}   (token: ${token})`;
    }),
    '',
    'Cards to try:',
    ...EXAMPLE_CARDS.map(({ card, label }) => `  ${card}  ${label}`),
    '',
    'Type offline or online and Enter to cut or mend the line to head office. Ctrl-C ends everything.',
    '',
  ];
  console.log(lines.join('\n'));
}

async function freshAddresses(): Promise<void> {
  for (const { child } of tills) await child.renew();
  await headOffice?.renew();
  showAll();
}

async function obey(word: string): Promise<void> {
  if (word === 'offline' && headOffice !== undefined) {
    await headOffice.stop();
    headOffice = undefined;
    say('head office is stopped: sell on, the entries wait');
  } else if (word === 'online' && headOffice === undefined) {
    headOffice = await startHeadOffice();
    say('head office is back');
  } else await freshAddresses();
}

/** The machine's own Chromium, as a window without bars; not as root and not without a display. */
function openBrowser(): ChildProcess | undefined {
  const browser = process.env['LOYALTILL_CHROMIUM'];
  const display =
    process.platform !== 'linux' ||
    process.env['DISPLAY'] !== undefined ||
    process.env['WAYLAND_DISPLAY'] !== undefined;
  const address = desktop.ok ? undefined : tills[0]?.child.place.address;
  if (browser === undefined || !display || process.getuid?.() === 0 || address === undefined) return undefined;
  return spawn(browser, [`--app=${address}`, `--user-data-dir=${path.join(data, 'browser')}`, '--no-first-run'], {
    stdio: 'ignore',
  });
}

async function stop(): Promise<void> {
  clearInterval(again);
  if (desktop.ok) desktop.value.kill();
  await Promise.all(tills.map(({ child }) => child.stop()));
  await headOffice?.stop();
  process.exit(0);
}

function say(line: string): void {
  console.error(`loyaltill: ${line}`);
}
