import type { ReactNode } from 'react';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { Notice } from '../../../ui/notice/Notice.tsx';
import { useActions, useTill } from '../../state/till-context.tsx';
import type { DialogState } from '../../state/till-state.ts';
import { Text, useSay } from '../../words/intl.ts';
import { refusalWords } from '../../words/refusal-words.ts';
import { BasketExplained } from './BasketExplained.tsx';
import './explain.css';
import { MemberExplained } from './MemberExplained.tsx';
import { SaleExplained } from './SaleExplained.tsx';

type Explaining = Extract<DialogState, { answer: unknown }>;

/** How a number came about: of a member, of what is in the basket, of a sale. */
export function ExplainDialog(): ReactNode {
  const say = useSay();
  const actions = useActions();
  const dialog = useTill((state) => state.dialog);
  const explaining = 'answer' in dialog ? dialog : null;
  return (
    <Dialog
      open={explaining !== null}
      size="large"
      title={explaining === null ? '' : titleOf(explaining, say)}
      description={explaining === null ? undefined : say(`${explaining.kind}.description`)}
      closeLabel={say('app.close')}
      onClose={actions.closeExplanation}
    >
      {/* As high as most answers, so that the dialog does not grow under the eye. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long answer must scroll by keys too */}
      <section className="explain" tabIndex={0} aria-label={say('explain.answer')}>
        {explaining === null ? null : <Explanation explaining={explaining} />}
      </section>
    </Dialog>
  );
}

function titleOf(explaining: Explaining, say: ReturnType<typeof useSay>): string {
  if (explaining.kind === 'explain-sale') return say('explain-sale.title', { receipt: explaining.receipt });
  return say(`${explaining.kind}.title`);
}

function Explanation({ explaining }: { explaining: Explaining }): ReactNode {
  const say = useSay();
  if (explaining.answer === null) {
    return (
      <output className="explain-none">
        <Text id="explain.loading" />
      </output>
    );
  }
  if (!explaining.answer.ok) return <Notice tone="bad">{refusalWords(explaining.answer.error, say)}</Notice>;
  switch (explaining.kind) {
    case 'explain-member':
      return <MemberExplained explanation={explaining.answer.value} topic={explaining.topic} />;
    case 'explain-basket':
      return <BasketExplained explanation={explaining.answer.value} />;
    case 'explain-sale':
      return <SaleExplained explanation={explaining.answer.value} />;
    default:
      return explaining satisfies never;
  }
}
