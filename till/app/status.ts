import type { TillStatus } from '../contract/shapes.ts';
import type { SnapshotState } from '../../sync/client/snapshot/ports.ts';
import type { PrinterState } from '../../hardware/printer/printer.ts';
import type { DiskGuard } from '../store/disk-guard.ts';
import type { CommitParts } from './commit-sale.ts';
import { today } from './find-members.ts';
import type { HeadOfficeLink } from './head-office-link.ts';
import { momentNow } from './moment.ts';
import { receiptPrefix } from './receipts.ts';
import { storeTexts } from './store-texts.ts';
import { programmeView } from './views.ts';
import { waitingEntries } from './waiting-entries.ts';

export type StatusParts = CommitParts & {
  readonly link: Pick<HeadOfficeLink, 'connection' | 'snapshot' | 'lastFailure'>;
  readonly disk: DiskGuard | undefined;
  readonly printerName: string;
  readonly exampleCards: TillStatus['exampleCards'];
  readonly keysSealed: boolean;
};

const WAITING_JOBS_MAX = 100;

export function tillStatus(parts: StatusParts): TillStatus {
  const stream = parts.stream();
  const date = today(parts);
  const programme = parts.programmes.inEffect(date)?.programme;
  const texts = storeTexts(parts);
  return {
    enrolled:
      stream === undefined
        ? null
        : {
            org: stream.orgName,
            store: texts.name,
            till: stream.tillName,
            headOffice: stream.headOffice,
            receiptPrefix: receiptPrefix(stream),
          },
    connection: parts.link.connection(),
    waiting: waitingEntries(parts.store),
    printer: printerStatus(parts),
    locale: texts.locale,
    timeZone: parts.programmes.newest()?.programme.timezone ?? 'UTC',
    programme: programmeView(programme),
    businessDate: date,
    ledger: { stop: stream?.redemptionStop ?? null, missing: missingEntries(parts) },
    disk: diskView(parts.disk),
    exampleCards: parts.exampleCards,
    enrolAgain: enrolAgain(parts),
    warnings: warnings(parts),
  };
}

/** Over all enrolments. */
function missingEntries({ store }: StatusParts): TillStatus['ledger']['missing'] {
  return store.rescue.all().map(({ first, last }) => ({ first, last }));
}

function diskView(disk: DiskGuard | undefined): TillStatus['disk'] {
  return disk === undefined ? null : { level: disk.level(), freeBytes: disk.freeBytes() };
}

function printerStatus({ prints, printerName, store }: StatusParts): TillStatus['printer'] {
  const { id, kind } = prints.printer;
  // A printer on screen is always there; of a real one nothing is known before its first job.
  const unheard = kind === 'virtual' ? 'ready' : 'unknown';
  const { state, message } = conditionView(prints.printer.state(), unheard);
  return { id, name: printerName, kind, state, message, waitingJobs: store.printJobs.open(WAITING_JOBS_MAX).length };
}

function conditionView(
  condition: PrinterState,
  unheard: TillStatus['printer']['state'],
): Pick<TillStatus['printer'], 'state' | 'message'> {
  switch (condition.condition) {
    case 'idle':
      return { state: unheard, message: null };
    case 'printing':
    case 'ready':
      return { state: 'ready', message: null };
    case 'trouble':
      return { state: 'failing', message: condition.refusal.message };
    default:
      return condition satisfies never;
  }
}

function warnings(parts: StatusParts): TillStatus['warnings'] {
  const list: TillStatus['warnings'] = [...clockWarnings(parts), ...diskWarnings(parts.disk)];
  if ((enrolAgain(parts) ?? null) !== null) list.push(ENROL_AGAIN);
  for (const { version, reason } of parts.programmes.unusable()) {
    list.push({
      code: 'programme-unusable',
      severity: 'warning',
      message: `Version ${version} of the programme needs a newer till (${reason}). Update Loyaltill: from its date on this till gives no points.`,
    });
  }
  list.push(...snapshotWarnings(parts.link.snapshot()));
  if (!parts.keysSealed) {
    list.push({
      code: 'keys-not-sealed',
      severity: 'note',
      message: 'The key of this till lies in a file that only its user can read, since there is no keyring here.',
    });
  }
  return list;
}

const ENROL_AGAIN = {
  code: 'enrol-again',
  severity: 'warning',
  message: 'This till has to enrol again with a new code of head office. Sales go on; nothing can be redeemed here.',
} as const;

/** What was found out first; a head office that does not know this till any more says least. */
function enrolAgain({ store, link, stream }: StatusParts): TillStatus['enrolAgain'] {
  const present = stream();
  if (present === undefined) return null;
  const why = store.troubles.find(present.inc)?.why ?? present.redemptionStop;
  return why ?? (link.lastFailure() === 'till-refused' ? 'refused' : null);
}

const MINUTE_MS = 60_000;
const MEGABYTE = 1_048_576;

function clockWarnings(parts: StatusParts): TillStatus['warnings'] {
  const { clockWentBack, clockIsAhead, behindMs, local, shown } = momentNow(parts, parts.writer.last());
  const severity = 'warning';
  if (clockWentBack) {
    const message =
      'The clock of this till shows an earlier day than its last sale. Sales go on under the later date; set the clock.';
    return [{ code: 'clock-went-back', severity, message }];
  }
  if (clockIsAhead) {
    const message = `The clock of this till shows ${shown}, which is later than this till can know. Sales count for ${local.date} until head office answers or a manager sells; set the clock.`;
    return [{ code: 'clock-ahead', severity, message }];
  }
  if (behindMs > 0) {
    const message = `The clock of this till is ${Math.ceil(behindMs / MINUTE_MS)} minutes behind its last sale. Sales go on; set the clock.`;
    return [{ code: 'clock-behind', severity, message }];
  }
  return [];
}

function diskWarnings(disk: DiskGuard | undefined): TillStatus['warnings'] {
  if (disk === undefined || disk.level() === 'roomy') return [];
  const free = `${Math.floor(disk.freeBytes() / MEGABYTE)} MB`;
  return [{ code: `disk-${disk.level()}`, severity: 'warning', message: DISK_SENTENCES[disk.level()](free) }];
}

const DISK_SENTENCES: Readonly<Record<ReturnType<DiskGuard['level']>, (free: string) => string>> = {
  roomy: () => '',
  low: (free) => `The disk of this till has ${free} left. Sales go on; make room on it soon.`,
  tight: (free) => `The disk of this till has ${free} left. Sales go on; backups and logs wait. Make room on it today.`,
  'ballast-gone': (free) =>
    `The disk of this till is nearly full: ${free} are left from its reserve. Sales go on for now; make room at once.`,
  full: (free) => `The disk of this till is full (${free} left). Nothing can be sold until there is room on it.`,
};

function snapshotWarnings(snapshot: SnapshotState): TillStatus['warnings'] {
  switch (snapshot.state) {
    case 'none':
      return [];
    case 'coming': {
      const percent = Math.floor((snapshot.here / snapshot.of) * 100);
      const message = `All members are on their way from head office (${percent} %). Sales go on; a card that is not known here yet may be known there.`;
      return [{ code: 'members-coming', severity: 'note', message }];
    }
    case 'refused':
      return [{ code: `snapshot-${snapshot.code}`, severity: 'warning', message: snapshot.message }];
    default:
      return snapshot satisfies never;
  }
}
