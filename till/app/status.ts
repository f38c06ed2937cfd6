import type { TillStatus } from '../contract/shapes.ts';
import type { PrinterState } from '../../hardware/printer/printer.ts';
import type { CommitParts } from './commit-sale.ts';
import { today } from './find-members.ts';
import { momentNow } from './moment.ts';
import { receiptPrefix } from './receipts.ts';
import { storeTexts } from './store-texts.ts';
import { programmeView } from './views.ts';

export type StatusParts = CommitParts & {
  connection(): TillStatus['connection'];
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
    connection: parts.connection(),
    waiting: waiting(parts),
    printer: printerStatus(parts),
    locale: texts.locale,
    timeZone: parts.programmes.newest()?.programme.timezone ?? 'UTC',
    programme: programmeView(programme),
    businessDate: date,
    exampleCards: parts.exampleCards,
    warnings: warnings(parts),
  };
}

/** Own entries that head office has not confirmed, over all enrolments, and when the oldest was written. */
export function waiting({ store }: Pick<CommitParts, 'store'>): TillStatus['waiting'] {
  let entries = 0;
  let oldest: number | null = null;
  for (const { inc, acknowledgedSeq } of store.streams.all()) {
    const last = store.entries.last(inc)?.seq ?? 0;
    if (last <= acknowledgedSeq) continue;
    entries += last - acknowledgedSeq;
    const first = store.entries.at(inc, acknowledgedSeq + 1);
    const wall = first === undefined ? null : wallOf(first.bytes);
    if (wall !== null && (oldest === null || wall < oldest)) oldest = wall;
  }
  return { entries, oldest };
}

/** Reads one number out of an entry of our own without parsing all of it: the status is asked for often. */
function wallOf(bytes: Buffer): number | null {
  const wall = /"wall":(\d+)/.exec(bytes.toString('utf8'))?.[1];
  return wall === undefined ? null : Number(wall);
}

function printerStatus({ prints, printerName, store }: StatusParts): TillStatus['printer'] {
  const { id, kind } = prints.printer;
  const { state, message } = conditionView(prints.printer.state());
  return { id, name: printerName, kind, state, message, waitingJobs: store.printJobs.open(WAITING_JOBS_MAX).length };
}

function conditionView(condition: PrinterState): Pick<TillStatus['printer'], 'state' | 'message'> {
  switch (condition.condition) {
    case 'idle':
      return { state: 'unknown', message: null };
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
  const list: TillStatus['warnings'] = [];
  if (momentNow(parts, parts.writer.last()).clockWentBack) {
    list.push({
      code: 'clock-went-back',
      message: 'The clock of this till shows an earlier day than its last sale. Sales go on under the later date; set the clock.',
    });
  }
  for (const { version, reason } of parts.programmes.unusable()) {
    list.push({
      code: 'programme-unusable',
      message: `Version ${version} of the programme needs a newer till (${reason}). Update Loyaltill: from its date on this till gives no points.`,
    });
  }
  if (!parts.keysSealed) {
    list.push({
      code: 'keys-not-sealed',
      message: 'The key of this till lies in a file that only this user can read, since the system has no keyring.',
    });
  }
  return list;
}
