import { Minus, Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { addQuantities } from '../../../format/quantity.ts';
import { useActions, useAmounts } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';
import type { LineView } from './basket-view.ts';

export function BasketLine({ line }: { line: LineView }): ReactNode {
  const say = useSay();
  const amounts = useAmounts();
  const actions = useActions();
  const { key, name, quantity } = line;
  const shownQuantity = new Intl.NumberFormat(amounts.locale, { maximumFractionDigits: 4 }).format(Number(quantity));
  const isLast = Number(quantity) <= 1;
  return (
    <li className="basket-line">
      <div className="basket-line-text">
        <span className="basket-line-name">{name}</span>
        <span className="basket-line-each">
          <Text id="basket.each" values={{ price: amounts.money(line.unitPrice) }} />
        </span>
      </div>
      <div className="basket-line-amount">
        <span>{amounts.money(line.paid)}</span>
        {line.discount === 0 ? null : (
          <span className="basket-line-discount">
            <Text id="basket.discount" values={{ amount: amounts.money(line.discount) }} />
          </span>
        )}
      </div>
      <fieldset className="basket-line-controls" aria-label={say('basket.line', { name, quantity: shownQuantity })}>
        <button
          type="button"
          aria-label={isLast ? say('basket.remove', { name }) : say('basket.less', { name })}
          onClick={() => actions.setQuantity(key, isLast ? '0' : addQuantities(quantity, -1))}
        >
          {isLast ? <Trash2 size={20} aria-hidden /> : <Minus size={20} aria-hidden />}
        </button>
        <button
          type="button"
          className="basket-line-quantity"
          onClick={() => actions.openDialog({ kind: 'line', key })}
        >
          {shownQuantity} <span className="visually-hidden">{say('basket.edit', { name })}</span>
        </button>
        <button
          type="button"
          aria-label={say('basket.more', { name })}
          onClick={() => actions.setQuantity(key, addQuantities(quantity, 1))}
        >
          <Plus size={20} aria-hidden />
        </button>
      </fieldset>
    </li>
  );
}
