import type { ReactNode } from 'react';
import type { SaleId } from '../../../../base/ids.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { Notice } from '../../../ui/notice/Notice.tsx';
import { useActions } from '../../state/till-context.tsx';
import type { PrintJob } from '../../state/till-state.ts';
import { Text } from '../../words/intl.ts';
import { PrintSentence } from './PrintSentence.tsx';

/** Whether the receipt is on paper, and what can be done about it. */
export function PrinterOutcome({ job, sale }: { job: PrintJob | null; sale: SaleId }): ReactNode {
  return (
    <Notice tone={toneOf(job)} actions={<OutcomeActions job={job} sale={sale} />}>
      <PrintSentence job={job} />
    </Notice>
  );
}

function OutcomeActions({ job, sale }: { job: PrintJob | null; sale: SaleId }): ReactNode {
  const actions = useActions();
  if (job === null || job.state === 'queued' || job.state === 'sending') return null;
  if (job.state === 'sent' || job.state === 'discarded') {
    return (
      <Button onPress={() => void actions.printCopy(sale)}>
        <Text id="print.copy" />
      </Button>
    );
  }
  return (
    <>
      <Button onPress={() => void actions.discardPrint(job.job)}>
        <Text id="print.discard" />
      </Button>
      <Button onPress={() => void actions.printAgain(job.job)}>
        <Text id="print.again" />
      </Button>
    </>
  );
}

function toneOf(job: PrintJob | null): 'neutral' | 'good' | 'warn' | 'bad' {
  if (job === null) return 'neutral';
  switch (job.state) {
    case 'sent':
      return 'good';
    case 'unknown':
      return 'warn';
    case 'failed':
      return 'bad';
    case 'queued':
    case 'sending':
    case 'discarded':
      return 'neutral';
    default:
      return job.state satisfies never;
  }
}
