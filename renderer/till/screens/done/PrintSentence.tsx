import type { ReactNode } from 'react';
import type { PrintJob } from '../../state/till-state.ts';
import { Text } from '../../words/intl.ts';

/** What became of a receipt on its way to paper. */
export function PrintSentence({ job }: { job: PrintJob | null }): ReactNode {
  if (job === null) return <Text id="print.none" />;
  if (job.state === 'failed') return <Text id="print.failed" values={{ message: job.message ?? '' }} />;
  return <Text id={`print.${job.state}`} />;
}
