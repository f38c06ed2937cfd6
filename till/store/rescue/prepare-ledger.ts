/** Before a till opens its ledger: what was left half done is ended, the file is looked at, and one that is damaged or gone is rescued. */
import path from 'node:path';
import { refused, ok, type Refusal, type Result } from '../../../base/result.ts';
import { LEDGER_FILE, MEMBERS_FILE } from '../till-store.ts';
import { readCountFile, type CountedStream } from './count-file.ts';
import type { SignHead } from './prove-entries.ts';
import { finishSwap, rescueLedger, setMembersAside, type RescueReport } from './rescue-ledger.ts';
import { canBeRead, checkAtStart, isWrittenElsewhere } from './start-check.ts';

export type PrepareOptions = {
  readonly dataFolder: string;
  readonly migrationsFolder: string;
  /** Other files that hold entries of this till: backups. */
  readonly otherFiles: readonly string[];
  readonly sign: SignHead;
  readonly now: number;
  /** Damage that was found while it was open. */
  readonly foundBefore?: string | undefined;
};

export type Prepared = {
  readonly counted: readonly CountedStream[] | undefined;
  /** Undefined where the ledger was sound. */
  readonly rescue: (RescueReport & { readonly why: string }) | undefined;
};

/** Refuses with `data-folder-in-use`, with `disk-failed`, and with `ledger-unreadable` where nothing could be salvaged, or no room was left for it; then nothing was changed. */
export function prepareLedger(
  options: PrepareOptions,
): Result<Prepared, Refusal<'ledger-unreadable' | 'data-folder-in-use' | 'disk-failed'>> {
  const ledgerFile = path.join(options.dataFolder, LEDGER_FILE);
  finishSwap(ledgerFile);
  const membersFile = path.join(options.dataFolder, MEMBERS_FILE);
  if (!canBeRead(membersFile)) setMembersAside(membersFile, options.now); // head office sends it all again
  const counted = readCountFile(options.dataFolder);
  const why = options.foundBefore ?? whyRescued(ledgerFile, counted);
  if (why === undefined) {
    return isWrittenElsewhere(ledgerFile)
      ? refused('data-folder-in-use', 'Another program writes to the ledger of this till. End that one first.')
      : ok({ counted, rescue: undefined });
  }
  try {
    const { migrationsFolder, otherFiles, sign, now } = options;
    return ok({
      counted,
      rescue: { why, ...rescueLedger({ ledgerFile, migrationsFolder, otherFiles, counted, sign, now }) },
    });
  } catch (error) {
    if (isDiskFailure(error)) return refused('disk-failed', DISK_FAILED);
    const reason = error instanceof Error ? error.message : String(error);
    return refused(
      'ledger-unreadable',
      `The ledger of this till is damaged (${why}) and could not be salvaged: ${reason} Nothing was changed; make room on the disk and start again, or call support.`,
    );
  }
}

function whyRescued(ledgerFile: string, counted: readonly CountedStream[] | undefined): string | undefined {
  const found = checkAtStart(ledgerFile);
  switch (found.state) {
    case 'sound':
      return undefined;
    case 'new':
      return counted?.some(({ lastSeq }) => lastSeq > 0) === true ? 'it is gone or empty' : undefined;
    case 'damaged':
      return found.why;
    default:
      return found satisfies never;
  }
}

export const DISK_FAILED = 'The disk of this till does not take writes. Nothing can be sold here; call support.';

function isDiskFailure(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'EIO' || code.startsWith('SQLITE_IOERR');
}
