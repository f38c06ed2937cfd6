import { ShoppingBasket, Trash2 } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from '../../../../ui/button/Button.tsx';
import { EmptyState } from '../../../../ui/empty/EmptyState.tsx';
import { Panel } from '../../../../ui/panel/Panel.tsx';
import { useActions, useTill } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';
import { basketView, type BasketView } from './basket-view.ts';
import { BasketLine } from './BasketLine.tsx';
import { Totals } from './Totals.tsx';
import './basket.css';

export function BasketPanel(): ReactNode {
  const say = useSay();
  const sale = useTill((state) => state.sale);
  const view = basketView(sale);
  return (
    <Panel
      title={say('basket.title')}
      className="basket"
      aside={view.lines.length === 0 ? null : <BasketAside count={view.count} lines={view.lines.length} />}
    >
      {sale.reference === null ? null : (
        <p className="basket-reference">
          <Text id="basket.reference" values={{ reference: sale.reference }} />
        </p>
      )}
      <div className="basket-lines" data-place="basket">
        {view.lines.length === 0 ? (
          <EmptyState icon={ShoppingBasket} title={say('basket.empty')} hint={say('basket.empty.hint')} />
        ) : (
          <Lines view={view} />
        )}
      </div>
      <Totals view={view} />
    </Panel>
  );
}

function BasketAside(props: { count: number; lines: number }): ReactNode {
  const say = useSay();
  const actions = useActions();
  return (
    <div className="basket-aside">
      <span className="basket-count">
        <Text id="basket.count" values={{ count: props.count }} />
      </span>
      <Button
        kind="quiet"
        icon={Trash2}
        label={say('basket.clear.label')}
        onPress={() => (props.lines > 1 ? actions.openDialog({ kind: 'clear' }) : actions.clearLines())}
      />
    </div>
  );
}

/** The newest line is always in sight. */
function Lines({ view }: { view: BasketView }): ReactNode {
  const say = useSay();
  const list = useRef<HTMLUListElement>(null);
  const newest = view.lines.at(-1)?.key;
  useEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }, [newest]);
  return (
    <ul ref={list} aria-label={say('basket.lines')}>
      {view.lines.map((line) => (
        <BasketLine key={line.key} line={line} />
      ))}
    </ul>
  );
}
