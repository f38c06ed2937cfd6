import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { EnrolmentCode } from '../../../../sync/protocol/console.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { Notice } from '../../../ui/notice/Notice.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useConsole, useConsoleActions } from '../../state/console-context.tsx';
import type { EnrolmentState } from '../../state/console-state.ts';
import { useFormats } from '../../words/formats-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { CopyButton } from './CopyButton.tsx';
import './enrolment-dialog.css';

export function EnrolmentDialog(): ReactNode {
  const enrolment = useConsole((state) => state.enrolment);
  return enrolment === null ? null : <OpenEnrolment enrolment={enrolment} />;
}

function OpenEnrolment({ enrolment }: { enrolment: EnrolmentState }): ReactNode {
  const say = useSay();
  const { closeEnrolment, createEnrolmentCode } = useConsoleActions();
  const { till, tillName, storeName, enrolled, code } = enrolment;
  const another = (): void => void createEnrolmentCode(storeName, { id: till, name: tillName, enrolled });
  return (
    <Dialog
      open
      size="small"
      title={say('code.title', { till: tillName })}
      description={say('code.description', { store: storeName })}
      closeLabel={say('app.close')}
      onClose={closeEnrolment}
      footer={
        <>
          <Button icon={RefreshCw} onPress={another} disabled={code.value === null && code.refusal === null}>
            <Text id="code.another" />
          </Button>
          <Button kind="primary" onPress={closeEnrolment}>
            <Text id="app.close" />
          </Button>
        </>
      }
    >
      <div className="enrolment" aria-busy={code.value === null && code.refusal === null}>
        {code.refusal === null ? <ShownCode code={code.value} /> : null}
        {code.refusal === null ? null : <Problem refusal={code.refusal} stale={false} onRetry={another} />}
        {enrolled ? (
          <Notice tone="neutral">
            <Text id="code.enrolled" />
          </Notice>
        ) : null}
      </div>
    </Dialog>
  );
}

function ShownCode({ code }: { code: EnrolmentCode | null }): ReactNode {
  const say = useSay();
  const formats = useFormats();
  return (
    <div className="enrolment-code">
      <output className="enrolment-code-text" aria-label={say('code.label')}>
        {code?.code ?? <span className="enrolment-code-making">{say('code.making')}</span>}
      </output>
      <p className="soft small">
        {code === null ? say('code.another.hint') : say('code.validUntil', { time: formats.moment(code.validUntil) })}
      </p>
      {code === null ? null : <CopyButton text={code.code} />}
    </div>
  );
}
