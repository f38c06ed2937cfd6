/**
 * kill -9 at random points: a till sells as fast as it can, is killed, is started again and is asked the last commands once more. After
 * KILLS_PER_FOLDER lives the book of the folder is judged: a chain that broke at any kill is broken there, since a book only grows.
 * SIGKILL leaves what the kernel has, so the folders lie in memory where the machine has it: flushes are for power cuts, not for this.
 */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { MIGRATIONS, openTestTill } from '../../till/testing/test-till.ts';
import { childProgram, type ChildProgram } from './child-program.ts';
import { live, type Life } from './child.ts';
import { judgeBook } from './judge-book.ts';
import { randomOf, type Random } from './random.ts';

const KILLS_PER_FOLDER = 10;
/** Commands before the one that was under way that are asked once more after each restart. */
const REPEATED = 12;
/** One kill in so many comes while the till starts. */
const KILLED_AT_START = 5;
const START_MS_MAX = 400;
const ANSWERS_MAX = 60;
const SELLING_MS_MAX = 20;

export type KillReport = {
  readonly kills: number;
  readonly killsAtStart: number;
  readonly confirmed: number;
  readonly refused: number;
  readonly repeated: number;
  readonly entries: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly changedAnswers: number;
  readonly chains: number;
  readonly brokenChains: number;
  readonly receipts: number;
  readonly printed: number;
  readonly unknownPrints: number;
  readonly receiptProblems: number;
  /** Lives that ended by themselves. */
  readonly crashes: number;
  readonly problems: readonly string[];
};

const NOTHING: KillReport = {
  kills: 0,
  killsAtStart: 0,
  confirmed: 0,
  refused: 0,
  repeated: 0,
  entries: 0,
  lost: 0,
  duplicated: 0,
  changedAnswers: 0,
  chains: 0,
  brokenChains: 0,
  receipts: 0,
  printed: 0,
  unknownPrints: 0,
  receiptProblems: 0,
  crashes: 0,
  problems: [],
};
const PROBLEMS_MAX = 20;

export async function killRun({
  kills,
  seed,
  lanes,
  soFar,
}: {
  kills: number;
  seed: number;
  lanes: number;
  /** Told after each folder: a long run that is cut off has still shown something. */
  soFar?: (report: KillReport) => void;
}): Promise<KillReport> {
  const program = await childProgram();
  const scratch = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'loyaltill-torture-'));
  // Not beside: a printer makes no file under /dev.
  const papers = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-paper-'));
  try {
    const template = path.join(scratch, 'template');
    // What a migration is must not change while one of its tills is dead.
    const migrationsFolder = path.join(scratch, 'migrations');
    cpSync(MIGRATIONS, migrationsFolder, { recursive: true });
    await (await openTestTill({ dataFolder: template })).engine.close();
    const folders = Array.from({ length: Math.ceil(kills / KILLS_PER_FOLDER) }, (_, index) => ({
      number: index + 1,
      kills: Math.min(KILLS_PER_FOLDER, kills - index * KILLS_PER_FOLDER),
    }));
    const reports: KillReport[] = [];
    const work = async (): Promise<void> => {
      for (let next = folders.shift(); next !== undefined; next = folders.shift()) {
        const dataFolder = path.join(scratch, `till-${next.number}`);
        cpSync(template, dataFolder, { recursive: true });
        const random = randomOf(seed * 1_000_003 + next.number);
        reports.push(
          await tortureFolder({
            program,
            migrationsFolder,
            dataFolder,
            paper: path.join(papers, `${next.number}`),
            run: next.number,
            kills: next.kills,
            random,
          }),
        );
        soFar?.(reports.reduce(added, NOTHING));
        rmSync(dataFolder, { recursive: true });
      }
    };
    await Promise.all(Array.from({ length: lanes }, work));
    return reports.reduce(added, NOTHING);
  } finally {
    rmSync(papers, { recursive: true, force: true });
    rmSync(scratch, { recursive: true, force: true });
  }
}

type FolderOptions = {
  program: ChildProgram;
  migrationsFolder: string;
  dataFolder: string;
  paper: string;
  run: number;
  kills: number;
  random: Random;
};

async function tortureFolder({
  program,
  migrationsFolder,
  dataFolder,
  paper,
  run,
  kills,
  random,
}: FolderOptions): Promise<KillReport> {
  const said = new Map<number, string>();
  const tally = { killsAtStart: 0, refused: 0, repeated: 0, changedAnswers: 0, crashes: 0 };
  const problems: string[] = [];
  let reached = 0;
  const hear = ({ told, exitCode, errors }: Life, killed: boolean): void => {
    for (const line of told) {
      reached = Math.max(reached, line.n + 1);
      if ('refused' in line) tally.refused += 1;
      const before = said.get(line.n);
      if (before === undefined) {
        if ('answer' in line) said.set(line.n, line.answer);
        continue;
      }
      tally.repeated += 1;
      if ('answer' in line && line.answer === before) continue;
      tally.changedAnswers += 1;
      problems.push(
        `run ${run}: command ${line.n} was answered otherwise when it was repeated: ${JSON.stringify(line)}`,
      );
    }
    if (exitCode === (killed ? null : 0)) return;
    tally.crashes += 1;
    problems.push(`run ${run}: the till ended by itself: ${errors.slice(-500)}`);
  };
  for (let kill = 0; kill < kills; kill += 1) {
    const atStart = random.below(KILLED_AT_START) === 0;
    tally.killsAtStart += atStart ? 1 : 0;
    const from = Math.max(0, reached - REPEATED);
    const when = atStart
      ? { answers: 0, atStart, ms: random.below(START_MS_MAX) }
      : { answers: random.below(ANSWERS_MAX), atStart, ms: random.next() * SELLING_MS_MAX };
    hear(await live({ program, migrationsFolder, dataFolder, paper, run, from, kill: when }), true);
  }
  // Everything once more, to its end: each answer as it was given, and not one entry more.
  hear(await live({ program, migrationsFolder, dataFolder, paper, run, from: 0, until: reached }), false);
  const judged = judgeBook(dataFolder, paper, run, [...said.keys()]);
  return {
    ...NOTHING,
    ...tally,
    ...judged,
    kills,
    confirmed: said.size,
    chains: 1,
    problems: [...problems, ...judged.problems.map((problem) => `run ${run}: ${problem}`)],
  };
}

function added(left: KillReport, right: KillReport): KillReport {
  const sum = (name: Exclude<keyof KillReport, 'problems'>): number => left[name] + right[name];
  return {
    kills: sum('kills'),
    killsAtStart: sum('killsAtStart'),
    confirmed: sum('confirmed'),
    refused: sum('refused'),
    repeated: sum('repeated'),
    entries: sum('entries'),
    lost: sum('lost'),
    duplicated: sum('duplicated'),
    changedAnswers: sum('changedAnswers'),
    chains: sum('chains'),
    brokenChains: sum('brokenChains'),
    receipts: sum('receipts'),
    printed: sum('printed'),
    unknownPrints: sum('unknownPrints'),
    receiptProblems: sum('receiptProblems'),
    crashes: sum('crashes'),
    problems: [...left.problems, ...right.problems].slice(0, PROBLEMS_MAX),
  };
}
