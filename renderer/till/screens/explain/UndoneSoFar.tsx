import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SaleExplanation } from '../../../../till/contract/explain-shapes.ts';
import { useAmounts } from '../../state/till-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { useSkuName } from './use-sku-name.ts';

/** What came back of a sale: line by line, and what it did to the member. */
export function UndoneSoFar({ explanation: { sale, lines } }: { explanation: SaleExplanation }): ReactNode {
  const say = useSay();
  const amounts = useAmounts();
  const skuName = useSkuName();
  if (sale.refunded === 'none') return null;
  const { money, returned, takenBack } = sale.undone;
  const sentences = [
    say('explain.undone.money', { amount: amounts.money(money) }),
    ...(returned.length === 0 ? [] : [say('void.returned', { amounts: amounts.wallets(returned) })]),
    ...(takenBack.length === 0 ? [] : [say('void.takenBack', { amounts: amounts.wallets(takenBack) })]),
  ];
  return (
    <section className="explain-undone">
      <h3 className="explain-heading">
        <Undo2 size={18} aria-hidden />
        <Text id={sale.voided ? 'recent.voided' : sale.refunded === 'whole' ? 'recent.returned' : 'recent.partly'} />
      </h3>
      <p>{sentences.join(' ')}</p>
      <ul className="explain-returned">
        {lines
          .filter((line) => line.returned !== '0')
          .map(({ line, sku, returned: back, quantity, moneyBack }) => (
            <li key={line}>
              <span>{say('explain.undone.line', { name: skuName(sku), returned: back, quantity })}</span>
              <span>{amounts.money(moneyBack)}</span>
            </li>
          ))}
      </ul>
    </section>
  );
}
