import { ArrowRight, Check } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from '../../../ui/button/Button.tsx';
import { Notice } from '../../../ui/notice/Notice.tsx';
import '../../../ui/panel/panel.css';
import { KEYS } from '../../keyboard/keymap.ts';
import { useActions, useAmounts, useTill } from '../../state/till-context.tsx';
import type { DoneState } from '../../state/till-state.ts';
import { Text, useSay } from '../../words/intl.ts';
import { refusalWords } from '../../words/refusal-words.ts';
import { Codes } from './Codes.tsx';
import { DoneLoyalty } from './DoneLoyalty.tsx';
import { PrinterOutcome } from './PrinterOutcome.tsx';
import { Receipt } from './Receipt.tsx';
import './done.css';

/** The sale stands: what was paid, earned and spent, and the receipt. */
export function DoneScreen(): ReactNode {
  const done = useTill((state) => state.done);
  return done === null ? null : <Done done={done} />;
}

function Done({ done }: { done: DoneState }): ReactNode {
  const say = useSay();
  const amounts = useAmounts();
  const actions = useActions();
  const heading = useRef<HTMLHeadingElement>(null);
  // On the heading, not on the button: a second Enter of a hurried hand must not skip this screen.
  useEffect(() => {
    heading.current?.focus();
  }, [done.sale.sale]);
  const { sale } = done;
  return (
    <main className="done">
      <section className="done-summary" aria-label={say('done.summary')}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long answer must scroll by keys too */}
        <section className="done-facts" tabIndex={0} aria-label={say('done.facts')}>
          <div className="done-head">
            <span className="done-check" aria-hidden>
              <Check size={36} strokeWidth={3} />
            </span>
            <h1 ref={heading} tabIndex={-1} className="done-title">
              <Text id="done.title" /> <span className="done-due">{amounts.money(sale.due)}</span>
            </h1>
            <p className="done-receipt-number">
              <Text id="done.receipt" values={{ receipt: sale.receipt }} />
            </p>
            {sale.discount > 0 ? (
              <p className="done-saved">
                <Text id="done.saved" values={{ amount: amounts.money(sale.discount) }} />
              </p>
            ) : null}
          </div>
          <Codes sale={sale} />
          <DoneLoyalty done={done} />
        </section>
        <PrinterOutcome job={done.job} sale={sale.sale} />
        <Button
          kind="primary"
          size="large"
          wide
          icon={ArrowRight}
          keyHint={KEYS.confirm}
          onPress={actions.nextCustomer}
        >
          <Text id="done.next" />
        </Button>
      </section>
      <div className="panel done-preview">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long receipt must scroll by keys too */}
        <section className="done-preview-scroll" tabIndex={0} aria-label={say('done.preview')}>
          {done.receipt === null ? null : <Receipt receipt={done.receipt} />}
          {done.receiptRefusal === null ? null : <Notice tone="warn">{refusalWords(done.receiptRefusal, say)}</Notice>}
        </section>
      </div>
    </main>
  );
}
