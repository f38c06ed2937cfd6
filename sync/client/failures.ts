/** What can go wrong between a till and head office, in sentences for the person at the till. */
import type { SyncFailure } from './ports.ts';

export const CUT: SyncFailure = { code: 'cut', message: 'The connection was switched off.' };

export const UNREACHABLE: SyncFailure = {
  code: 'head-office-unreachable',
  message: 'Head office does not answer. Sales go on; the entries wait here.',
};

export const SILENT: SyncFailure = {
  code: 'head-office-silent',
  message: 'Head office took too long, or the line broke. Sales go on; the entries wait here.',
};

export const TOO_LONG: SyncFailure = {
  code: 'head-office-failed',
  message: 'An answer of head office was too long. Sales go on; it is asked for again.',
};

/** An answer that was cut short or changed on the way. */
export const DAMAGED: SyncFailure = {
  code: 'head-office-failed',
  message: 'An answer of head office came damaged. Sales go on; it is asked for again.',
};

/** Answers that contradict each other: two head offices behind one address, or a fault there. */
export const SENSELESS: SyncFailure = {
  code: 'head-office-failed',
  message: 'Head office answers what cannot be. Sales go on; tell head office if this stays.',
};

export const FAULT_HERE: SyncFailure = {
  code: 'head-office-failed',
  message: 'The exchange with head office failed. Sales go on; it is tried again.',
};

export const UPDATE_NEEDED: SyncFailure = {
  code: 'update-needed',
  message: 'Head office speaks a newer version than this till. Sales go on; update Loyaltill here.',
};

export const FORKED: SyncFailure = {
  code: 'stream-forked',
  message:
    'Head office has another history of this till: its data were copied or restored. Sales go on; enrol this till again.',
};

export const RESTORED: SyncFailure = {
  code: 'stream-forked',
  message: 'The data of this till were restored from a backup. Sales go on; enrol this till again.',
};

export const TILL_REFUSED: SyncFailure = {
  code: 'till-refused',
  message: 'Head office does not accept this till. Ask head office for a new enrolment code.',
};

export function brokenFrom(seq: number): SyncFailure {
  return {
    code: 'stream-broken',
    message: `The ledger of this till cannot be proved from entry ${seq} on. Sales go on; enrol this till again.`,
  };
}

/** Less at once may get through. */
export function mayBeTooMuch({ code }: SyncFailure): boolean {
  return code === 'head-office-silent' || code === 'head-office-failed';
}

/** Nothing else would be answered either. */
export function isLineDown({ code }: SyncFailure): boolean {
  return code === 'head-office-unreachable' || code === 'head-office-silent' || code === 'cut';
}

/** What a status other than 200 means; `code` is the problem's, where it names one. */
export function failureOf(status: number, code: string | undefined): SyncFailure {
  if (code === 'unsupported-protocol') return UPDATE_NEEDED;
  if (status === 401 || status === 403) return TILL_REFUSED;
  return {
    code: 'head-office-failed',
    message: `Head office answers with an error (${status}). Sales go on; the entries wait here.`,
  };
}
