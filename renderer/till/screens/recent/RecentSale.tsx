import { CloudCheck, CloudUpload, Info, Printer, Undo2 } from 'lucide-react';
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
        <span className="recent-points">{signed(sale, amounts)}</span>
        {sale.refunded === 'none' ? null : <span className="recent-undone">{undoneLine(sale, say, amounts)}</span>}
      </div>
      <div className="recent-state">
        <UndoneChip sale={sale} />
        <Chip tone={sale.synced ? 'neutral' : 'accent'} icon={sale.synced ? CloudCheck : CloudUpload}>
          {sale.synced ? <Text id="recent.synced" /> : <Text id="recent.waiting" />}
        </Chip>
      </div>
      <Button icon={Info} label={say('recent.explain', { receipt })} onPress={() => void actions.explainSale(sale)} />
      <Button
        icon={Printer}
        label={say('recent.copy.label', { receipt })}
        onPress={() => void actions.printCopy(sale.sale)}
      />
      <Button
        kind="danger"
        disabled={sale.voided || sale.refunded === 'whole'}
        label={say('recent.void.label', { receipt })}
        onPress={() => actions.askVoid(sale)}
      >
        <Text id="recent.void" />
      </Button>
    </li>
  );
}

function UndoneChip({ sale: { voided, refunded } }: { sale: SaleSummary }): ReactNode {
  if (!voided && refunded === 'none') return null;
  const id = voided ? 'recent.voided' : refunded === 'whole' ? 'recent.returned' : 'recent.partly';
  return (
    <Chip tone={refunded === 'part' ? 'warn' : 'bad'} icon={Undo2}>
      <Text id={id} />
    </Chip>
  );
}

/** What came back of it: money to the customer, then points to and from the member. */
function undoneLine(
  { undone }: SaleSummary,
  say: ReturnType<typeof useSay>,
  amounts: ReturnType<typeof useAmounts>,
): string {
  const points = signed({ earned: undone.returned, spent: undone.takenBack }, amounts);
  return [say('recent.undone', { amount: amounts.money(undone.money) }), points]
    .filter((part) => part !== '')
    .join(' ');
}

/** What the member got and gave, with a sign that stays with its number where the line breaks. */
function signed(sale: Pick<SaleSummary, 'earned' | 'spent'>, amounts: ReturnType<typeof useAmounts>): string {
  const earned = sale.earned.filter(({ amount }) => amount !== 0).map((amount) => `+\u2060${amounts.wallet(amount)}`);
  const spent = sale.spent.filter(({ amount }) => amount !== 0).map((amount) => `−\u2060${amounts.wallet(amount)}`);
  return [...earned, ...spent].map((part) => part.replaceAll(' ', '\u00A0')).join(' ');
}
