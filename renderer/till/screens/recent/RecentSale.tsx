import { CloudCheck, CloudUpload, Printer, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button/Button.tsx';
import { Chip } from '../../../ui/chip/Chip.tsx';
import { useActions, useAmounts } from '../../state/till-context.tsx';
import type { SaleSummary } from '../../state/till-state.ts';
import { Text, useSay } from '../../words/intl.ts';
import { useWhen } from '../../words/use-when.ts';

export function RecentSale({ sale }: { sale: SaleSummary }): ReactNode {
  const say = useSay();
  const actions = useActions();
  const amounts = useAmounts();
  const when = useWhen();
  const { receipt } = sale;
  return (
    <li className={`recent-sale ${sale.voided ? 'recent-voided' : ''}`}>
      <div className="recent-what">
        <span className="recent-receipt">
          <Text id="recent.receipt" values={{ receipt }} />
        </span>
        <span className="recent-who">
          <time dateTime={new Date(sale.at).toISOString()}>{when(sale.at)}</time>
          <span>
            {sale.member === null ? <Text id="recent.noMember" /> : (sale.memberName ?? say('member.nameless'))}
          </span>
        </span>
      </div>
      <div className="recent-amounts">
        <strong className="recent-due">{amounts.money(sale.due)}</strong>
        <span className="recent-points">{pointsLine(sale, amounts)}</span>
      </div>
      <div className="recent-state">
        {sale.voided ? (
          <Chip tone="bad" icon={Undo2}>
            <Text id="recent.voided" />
          </Chip>
        ) : null}
        <Chip tone={sale.synced ? 'neutral' : 'accent'} icon={sale.synced ? CloudCheck : CloudUpload}>
          {sale.synced ? <Text id="recent.synced" /> : <Text id="recent.waiting" />}
        </Chip>
      </div>
      <Button
        icon={Printer}
        label={say('recent.copy.label', { receipt })}
        onPress={() => void actions.printCopy(sale.sale)}
      />
      <Button
        kind="danger"
        disabled={sale.voided}
        label={say('recent.void.label', { receipt })}
        onPress={() => actions.askVoid(sale)}
      >
        <Text id="recent.void" />
      </Button>
    </li>
  );
}

/** What the member got and gave, with a sign. */
function pointsLine(sale: SaleSummary, amounts: ReturnType<typeof useAmounts>): string {
  const earned = sale.earned.filter(({ amount }) => amount !== 0).map((amount) => `+${amounts.wallet(amount)}`);
  const spent = sale.spent.filter(({ amount }) => amount !== 0).map((amount) => `−${amounts.wallet(amount)}`);
  return [...earned, ...spent].map((part) => part.replaceAll(' ', '\u00A0')).join(' ');
}
