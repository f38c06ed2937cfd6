import { CloudOff, CloudUpload, Cloud, CloudCheck, Printer, PrinterX, RefreshCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TillStatus } from '../../../../till/contract/shapes.ts';
import { Chip } from '../../../ui/chip/Chip.tsx';
import { useActions, useTill } from '../../state/till-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { useWhen } from '../../words/use-when.ts';
import { statusView, type LineState, type PrinterView, type StatusView } from './status-view.ts';

/** One button with all of it, since all of it is explained in one place; changes are announced. */
export function StatusChips(props: { status: TillStatus }): ReactNode {
  const say = useSay();
  const actions = useActions();
  const jobs = useTill((state) => state.status.jobs);
  const view = statusView(props.status, jobs);
  return (
    <button
      type="button"
      className="status-chips"
      aria-haspopup="dialog"
      onClick={() => actions.openDialog({ kind: 'status' })}
    >
      <span className="visually-hidden">{say('status.open')}</span>
      <output className="status-chips-row">
        <LineChip line={view.line} />
        <WaitingChip waiting={view.waiting} />
        <PrinterChip printer={view.printer} />
        {view.warnings.every(({ severity }) => severity === 'note') ? null : (
          <Chip tone="warn" icon={TriangleAlert}>
            <Text id="status.clock" />
          </Chip>
        )}
      </output>
    </button>
  );
}

export function LineChip({ line }: { line: LineState }): ReactNode {
  const when = useWhen();
  switch (line.kind) {
    case 'online':
      return (
        <Chip tone="good" icon={Cloud}>
          <Text id="status.online" />
        </Chip>
      );
    case 'connecting':
      return (
        <Chip icon={RefreshCw}>
          <Text id="status.connecting" />
        </Chip>
      );
    case 'offline':
      return (
        <Chip tone="warn" icon={CloudOff}>
          {line.since === null ? (
            <Text id="status.offline" />
          ) : (
            <Text id="status.offline.since" values={{ since: when(line.since) }} />
          )}
        </Chip>
      );
    default:
      return line satisfies never;
  }
}

export function WaitingChip({ waiting }: { waiting: StatusView['waiting'] }): ReactNode {
  return waiting.entries === 0 ? (
    <Chip icon={CloudCheck}>
      <Text id="status.waiting.none" />
    </Chip>
  ) : (
    <Chip tone="accent" icon={CloudUpload}>
      <Text id="status.waiting" values={{ count: waiting.entries }} />
    </Chip>
  );
}

export function PrinterChip({ printer }: { printer: PrinterView }): ReactNode {
  const failing = printer.state === 'failing';
  return (
    <Chip tone={failing ? 'bad' : 'neutral'} icon={failing ? PrinterX : Printer}>
      <Text id={`status.printer.${printer.state}`} />
    </Chip>
  );
}
