import type { ReactNode } from 'react';
import type { TillStatus } from '../../../../till/contract/shapes.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { Notice } from '../../../ui/notice/Notice.tsx';
import { useActions, useTill } from '../../state/till-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { useWhen } from '../../words/use-when.ts';
import { formatDate } from '../../words/when.ts';
import { EnrolAgain } from './EnrolAgain.tsx';
import { JobList } from './JobList.tsx';
import { MissingEntries } from './MissingEntries.tsx';
import { LineChip, PrinterChip, WaitingChip } from './StatusChips.tsx';
import { statusView, type PrinterView, type StatusView } from './status-view.ts';
import './status-dialog.css';

/** Every part of the status in a sentence, with what to do. */
export function StatusDialog(): ReactNode {
  const say = useSay();
  const actions = useActions();
  const open = useTill((state) => state.dialog.kind === 'status');
  const status = useTill((state) => state.status.status);
  return (
    <Dialog open={open} title={say('status.title')} closeLabel={say('app.close')} onClose={actions.closeDialog}>
      {status === null ? null : <StatusList status={status} />}
    </Dialog>
  );
}

function StatusList({ status }: { status: TillStatus }): ReactNode {
  const say = useSay();
  const jobs = useTill((state) => state.status.jobs);
  const view = statusView(status, jobs);
  return (
    <div className="status-list">
      {status.enrolAgain === null || status.enrolAgain === undefined || status.enrolled === null ? null : (
        <EnrolAgain why={status.enrolAgain} headOffice={status.enrolled.headOffice} />
      )}
      <MissingEntries missing={status.ledger.missing} />
      {view.warnings
        .filter(({ code }) => code !== 'enrol-again')
        .map((warning) => (
          <Notice key={warning.code} tone={warning.severity === 'note' ? 'neutral' : 'warn'}>
            {warning.message}
          </Notice>
        ))}
      <StatusItem chip={<LineChip line={view.line} />}>
        <LineSentence view={view} />
      </StatusItem>
      <StatusItem chip={<WaitingChip waiting={view.waiting} />}>
        <WaitingSentence view={view} />
      </StatusItem>
      <StatusItem chip={<PrinterChip printer={view.printer} />}>
        <PrinterSentence printer={view.printer} />{' '}
        <Text id="status.printer.jobs" values={{ count: view.printer.jobs }} />
      </StatusItem>
      <JobList jobs={jobs} />
      <StatusItem label={say('status.date')}>
        <Text id="status.date.say" values={{ date: formatDate(status.businessDate, status.locale) }} />
      </StatusItem>
      <StatusItem label={say('status.place.label')}>
        {status.enrolled === null ? (
          <Text id="status.notEnrolled" />
        ) : (
          <Text id="status.place.say" values={status.enrolled} />
        )}
      </StatusItem>
      <StatusItem label={say('status.programme')}>
        {status.programme === null ? (
          <Text id="status.programme.none" />
        ) : (
          <Text
            id="status.programme.say"
            values={{ programme: status.programme.id, version: status.programme.version }}
          />
        )}
      </StatusItem>
    </div>
  );
}

function StatusItem(props: { chip?: ReactNode; label?: string; children: ReactNode }): ReactNode {
  return (
    <div className="status-item">
      <div className="status-item-head">{props.chip ?? <span className="status-item-label">{props.label}</span>}</div>
      <p className="status-item-say">{props.children}</p>
    </div>
  );
}

function LineSentence({ view: { line } }: { view: StatusView }): ReactNode {
  switch (line.kind) {
    case 'online':
      return <Text id="status.online.say" />;
    case 'connecting':
      return <Text id="status.connecting.say" />;
    case 'offline':
      return line.since === null ? (
        <Text id="status.offline.never" />
      ) : (
        <Text id="status.offline.say" values={{ reason: line.reason }} />
      );
    default:
      return line satisfies never;
  }
}

function WaitingSentence({ view: { waiting } }: { view: StatusView }): ReactNode {
  const when = useWhen();
  if (waiting.entries === 0 || waiting.oldest === null) return <Text id="status.waiting.none.say" />;
  const oldest = when(waiting.oldest);
  return <Text id="status.waiting.say" values={{ count: waiting.entries, oldest }} />;
}

function PrinterSentence({ printer }: { printer: PrinterView }): ReactNode {
  const { name, message, state } = printer;
  if (state !== 'failing') return <Text id={`status.printer.${state}.say`} values={{ name }} />;
  if (message === null) return <Text id="status.printer.failing.plain" values={{ name }} />;
  return <Text id="status.printer.failing.say" values={{ name, message }} />;
}
