/** The till's state in icons and words: what the bar shows and the panel explains. Pure. */
import type { TillStatus } from '../../../../till/contract/shapes.ts';
import type { StatusState } from '../../state/till-state.ts';

export type LineState =
  | { readonly kind: 'online' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'offline'; readonly since: number | null; readonly reason: string };

export type PrinterView = {
  readonly state: 'ready' | 'unknown' | 'failing';
  readonly name: string;
  readonly message: string | null;
  readonly jobs: number;
};

export type StatusView = {
  readonly line: LineState;
  readonly waiting: { readonly entries: number; readonly oldest: number | null };
  readonly printer: PrinterView;
  readonly warnings: TillStatus['warnings'];
};

/** A printer that is well but has receipts that nobody knows about needs a look as much as one that fails. */
export function statusView(status: TillStatus, jobs: StatusState['jobs']): StatusView {
  const { connection, printer, waiting, warnings } = status;
  return {
    line: lineState(connection),
    waiting,
    printer: {
      state: jobs.length > 0 ? 'failing' : printer.state,
      name: printer.name,
      message: printer.message ?? jobs[0]?.message ?? null,
      jobs: Math.max(printer.waitingJobs, jobs.length),
    },
    warnings,
  };
}

function lineState(connection: TillStatus['connection']): LineState {
  switch (connection.state) {
    case 'online':
    case 'connecting':
      return { kind: connection.state };
    case 'offline':
      return { kind: 'offline', since: connection.since, reason: connection.reason };
    default:
      return connection satisfies never;
  }
}
