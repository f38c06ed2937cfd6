/**
 * Files that broke: WALs that were torn, overwritten or flipped after a kill, and single wrong bits in ledger.db. Each is opened as a till
 * opens it, and then looked at as the long look does; what must never be is a till that goes on with other entries than were written.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { sha256 } from '../../base/node/hash.ts';
import { openEngine } from '../../till/hosts/open-engine.ts';
import { openReadOnly } from '../../till/store/open-database.ts';
import { readCountFile } from '../../till/store/rescue/count-file.ts';
import { rescueLedger } from '../../till/store/rescue/rescue-ledger.ts';
import { verifyLedger } from '../../till/store/verify/verify-ledger.ts';
import { MIGRATIONS, openTestTill } from '../../till/testing/test-till.ts';
import { childProgram } from './child-program.ts';
import { live } from './child.ts';
import { randomOf, type Random } from './random.ts';
import { SMALL_DISK } from './small-disk.ts';

const SALES = 90;

export type BreakReport = {
  readonly broken: number;
  /** Every entry was there, and nothing was found. */
  readonly harmless: number;
  /** Opened to an earlier state, entry for entry, as after a power cut. */
  readonly prefixes: number;
  /** Found before it was opened, and salvaged. */
  readonly foundAtStart: number;
  /** Found by the long look, and salvaged. */
  readonly foundByLook: number;
  /** Of all salvaged, those in which not one entry was lost. */
  readonly salvagedWhole: number;
  readonly entriesLost: number;
  /** A bit that no check sees, in what is neither an entry nor follows from one: an answer, a receipt's text, a name. */
  readonly unseen: number;
  /** Went on with entries that were never written so, or with a ledger that does not prove itself. */
  readonly badOpens: number;
  readonly problems: readonly string[];
};

const NOTHING: BreakReport = {
  broken: 0,
  harmless: 0,
  prefixes: 0,
  foundAtStart: 0,
  foundByLook: 0,
  salvagedWhole: 0,
  entriesLost: 0,
  unseen: 0,
  badOpens: 0,
  problems: [],
};

type Outcome = { -readonly [Name in keyof BreakReport]: BreakReport[Name] };

export type BreakOptions = { readonly torn: number; readonly flipped: number; readonly seed: number };

export async function breakRun({
  torn,
  flipped,
  seed,
}: BreakOptions): Promise<{ torn: BreakReport; flipped: BreakReport }> {
  const scratch = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'loyaltill-broken-'));
  try {
    const killed = path.join(scratch, 'killed');
    await killedTill(killed, path.join(os.tmpdir(), path.basename(scratch)));
    const closed = path.join(scratch, 'closed');
    cpSync(killed, closed, { recursive: true });
    await openOnce(closed);
    const random = randomOf(seed);
    return {
      torn: await breakMany(torn, killed, closed, (folder) => tearWal(folder, random)),
      flipped: await breakMany(flipped, closed, closed, (folder) => flipBit(folder, random)),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** With a WAL that nobody has moved into the file. */
async function killedTill(folder: string, paper: string): Promise<void> {
  await (await openTestTill({ dataFolder: folder })).engine.close();
  const program = await childProgram();
  const kill = { atStart: false, answers: SALES, ms: 0 };
  await live({ program, migrationsFolder: MIGRATIONS, dataFolder: folder, paper, run: 1, from: 0, kill });
  rmSync(paper, { force: true });
}

async function breakMany(
  times: number,
  source: string,
  whole: string,
  damage: (folder: string) => string,
): Promise<BreakReport> {
  const written = contentOf(whole);
  const total: Outcome = { ...NOTHING };
  for (let time = 0; time < times; time += 1) {
    const folder = `${source}-${time}`;
    cpSync(source, folder, { recursive: true });
    const how = damage(folder);
    try {
      await judge(folder, written, total);
    } catch (error) {
      total.badOpens += 1;
      total.problems = [...total.problems, `${how}: ${error instanceof Error ? error.message : String(error)}`];
    }
    total.broken += 1;
    rmSync(folder, { recursive: true });
  }
  return total;
}

type Content = { readonly entries: readonly string[]; readonly rest: string };

async function judge(folder: string, written: Content, total: Outcome): Promise<void> {
  await openOnce(folder);
  const atStart = existsSync(path.join(folder, 'damaged'));
  const ledgerFile = path.join(folder, 'ledger.db');
  const byLook = verifyLedger(ledgerFile, MIGRATIONS).findings.length > 0;
  if (byLook) {
    const sign = (): undefined => undefined;
    const options = { ledgerFile, migrationsFolder: MIGRATIONS, otherFiles: [], sign, now: 1 };
    rescueLedger({ ...options, counted: readCountFile(folder) });
  }
  const [finding] = verifyLedger(ledgerFile, MIGRATIONS).findings;
  if (finding !== undefined) throw new Error(`${finding.where}: ${finding.what}`);
  const now = contentOf(folder);
  if (now.entries.some((text, index) => text !== written.entries[index]))
    throw new Error('It went on with entries that were not written so.');
  const lost = written.entries.length - now.entries.length;
  total.entriesLost += lost;
  total.foundAtStart += atStart ? 1 : 0;
  total.foundByLook += !atStart && byLook ? 1 : 0;
  if (atStart || byLook) total.salvagedWhole += lost === 0 ? 1 : 0;
  else if (lost > 0) total.prefixes += 1;
  else if (now.rest === written.rest) total.harmless += 1;
  else total.unseen += 1;
}

async function openOnce(folder: string): Promise<void> {
  const opened = openEngine({
    dataFolder: folder,
    migrationsFolder: MIGRATIONS,
    log: pino({ level: 'silent' }),
    machine: { id: 'torture', cards: [] },
    diskLimits: SMALL_DISK,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  await opened.value.close();
}

function contentOf(folder: string): Content {
  const db = openReadOnly(path.join(folder, 'ledger.db'));
  try {
    const texts = db.prepare<[], Buffer>('SELECT bytes FROM entry ORDER BY inc, seq').pluck().all();
    const rest = [
      'SELECT inc, org, till, public_key, head_office, certificate FROM stream',
      'SELECT command, name, input_hash, answer, print_job FROM command',
      'SELECT member, display_name, joined, sealed FROM own_profile',
    ]
      .map((sql) => JSON.stringify(db.prepare(`${sql} ORDER BY 1`).all()))
      .concat(
        JSON.stringify(db.prepare('SELECT number, job, sale, copy, receipt, answer FROM print_job ORDER BY 1').all()),
      );
    return { entries: texts.map((bytes) => bytes.toString('utf8')), rest: sha256(rest.join('\n')) };
  } finally {
    db.close();
  }
}

/** Cut off, zeros to the end, another text in the middle, or one wrong bit. */
function tearWal(folder: string, random: Random): string {
  const file = path.join(folder, 'ledger.db-wal');
  const wal = readFileSync(file);
  const at = random.below(wal.length);
  const way = random.below(4);
  if (way === 1) wal.fill(0, at);
  if (way === 2)
    for (let byte = at; byte < Math.min(at + 1 + random.below(600), wal.length); byte += 1)
      wal[byte] = random.below(256);
  if (way === 3) wal[at] = (wal[at] ?? 0) ^ (1 << random.below(8));
  writeFileSync(file, way === 0 ? wal.subarray(0, at) : wal);
  return `WAL broken in way ${way} at ${at}`;
}

function flipBit(folder: string, random: Random): string {
  const file = path.join(folder, 'ledger.db');
  const content = readFileSync(file);
  const at = random.below(content.length);
  const bit = random.below(8);
  content[at] = (content[at] ?? 0) ^ (1 << bit);
  writeFileSync(file, content);
  return `bit ${bit} of byte ${at}`;
}
