import type { ReactNode } from 'react';
import { Button } from '../../../ui/button/Button.tsx';
import { useActions } from '../../state/till-context.tsx';
import type { PrintJob } from '../../state/till-state.ts';
import { Text } from '../../words/intl.ts';
import { PrintSentence } from '../done/PrintSentence.tsx';

/** Receipts of which somebody has to say what becomes of them. */
export function JobList({ jobs }: { jobs: readonly PrintJob[] }): ReactNode {
  const actions = useActions();
  if (jobs.length === 0) return null;
  return (
    <ul className="job-list">
      {jobs.map((job) => (
        <li key={job.job} className="job">
          <div className="job-text">
            <strong>
              {job.receipt === null ? (
                <Text id="status.job.plain" />
              ) : (
                <Text id="status.job" values={{ receipt: job.receipt }} />
              )}
            </strong>
            <PrintSentence job={job} />
          </div>
          <Button onPress={() => void actions.discardPrint(job.job)}>
            <Text id="print.discard" />
          </Button>
          <Button onPress={() => void actions.printAgain(job.job)}>
            <Text id="print.again" />
          </Button>
        </li>
      ))}
    </ul>
  );
}
