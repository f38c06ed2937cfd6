/** Finds a Chromium on this machine, and for the tests installs one where there is none. */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { environment, nodePath, ROOT, say } from '../setup.mjs';

/** A download that says nothing for this long is hanging; one that moves may take as long as it needs. */
const SILENCE_MS_MAX = 60_000;
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  join(process.env['ProgramFiles'] ?? '', 'Google/Chrome/Application/chrome.exe'),
  join(process.env['ProgramFiles(x86)'] ?? '', 'Microsoft/Edge/Application/msedge.exe'),
];

/**
 * The path of a Chromium; LOYALTILL_CHROMIUM names one before all others.
 * @returns {string | undefined}
 */
export function findBrowser() {
  const named = process.env['LOYALTILL_CHROMIUM'];
  if (named) return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...ELSEWHERE, playwrightsOwn()].find(isProgram);
}

/** A Chromium for tests, installed where the machine has none; throws with what was tried. */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  say('no Chromium on this machine: fetching the one of Playwright');
  const playwright = join(ROOT, 'node_modules', 'playwright', 'cli.js');
  if (!(await succeeds(nodePath(), [playwright, 'install', 'chromium']))) await installFromDebian();
  const installed = findBrowser();
  if (installed) return installed;
  throw new Error(
    'No Chromium, and none could be installed. Install Chromium or Chrome, or name one in LOYALTILL_CHROMIUM.',
  );
}

async function installFromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  say('that failed; installing the distribution’s chromium (apt-get)');
  await succeeds('apt-get', ['update', '-q']);
  await succeeds('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation']);
}

/** Where Playwright keeps the Chromium that it downloads itself; undefined before the packages are there. */
function playwrightsOwn() {
  try {
    const { chromium } = /** @type {typeof import('playwright-core')} */ (
      createRequire(import.meta.url)('playwright-core')
    );
    return chromium.executablePath();
  } catch {
    return undefined;
  }
}

/** @param {string | undefined} path */
function isProgram(path) {
  try {
    if (path) accessSync(path, constants.X_OK);
    return path !== undefined;
  } catch {
    return false;
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<boolean>}
 */
function succeeds(command, args) {
  const env = {
    ...environment(),
    PATH: [environment().PATH, '/usr/sbin', '/sbin'].join(delimiter), // where dpkg looks for its helpers
    DEBIAN_FRONTEND: 'noninteractive',
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '5000',
  };
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const silence = setTimeout(() => child.kill(), SILENCE_MS_MAX);
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (/** @type {Buffer} */ part) => {
      tail = (tail + part.toString('utf8')).slice(-500);
      silence.refresh();
    });
  }
  return new Promise((done) => {
    child.on('error', () => done(false));
    child.on('close', (code) => {
      clearTimeout(silence);
      if (code !== 0) say(`${command} ${args.slice(0, 3).join(' ')} failed: …${tail.trim().slice(-300)}`);
      done(code === 0);
    });
  });
}
