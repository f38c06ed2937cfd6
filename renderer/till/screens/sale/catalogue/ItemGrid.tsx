import { Toolbar } from '@base-ui/react/toolbar';
import type { KeyboardEvent, ReactNode } from 'react';
import type { CatalogueItem } from '../../../../../base/catalogue.ts';
import { useActions, useAmounts, useTill } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';
import { quantityOf } from '../basket/basket-view.ts';
import { hueOf, neighbour } from './catalogue-view.ts';

/** One stop for Tab; the arrows move among the tiles. */
export function ItemGrid(props: { items: readonly CatalogueItem[]; categories: readonly string[] }): ReactNode {
  const say = useSay();
  const lines = useTill((state) => state.sale.lines);
  return (
    <Toolbar.Root className="item-grid" aria-label={say('catalogue.items')} onKeyDown={moveBetweenRows}>
      {props.items.map((item) => (
        <ItemTile
          key={item.sku}
          item={item}
          hue={hueOf(item.category, props.categories)}
          quantity={quantityOf(lines, item.sku)}
        />
      ))}
    </Toolbar.Root>
  );
}

function ItemTile(props: { item: CatalogueItem; hue: number; quantity: string | null }): ReactNode {
  const { item, hue, quantity } = props;
  const actions = useActions();
  const price = useAmounts().money(item.unitPrice);
  return (
    <Toolbar.Button className={`item-tile item-hue-${hue}`} data-sku={item.sku} onClick={() => actions.addItem(item)}>
      <span className="item-name">{item.name}</span> <span className="item-price">{price}</span>{' '}
      {quantity === null ? null : (
        <span className="item-quantity">
          {quantity}
          <span className="visually-hidden">
            <Text id="catalogue.inBasket" />
          </span>
        </span>
      )}
    </Toolbar.Button>
  );
}

/** Left and right are the toolbar's own; up and down follow the rows as they are laid out now. */
function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const tiles = [...event.currentTarget.querySelectorAll<HTMLElement>('.item-tile')];
  const top = tiles[0]?.offsetTop;
  const columns = tiles.filter((tile) => tile.offsetTop === top).length;
  const index = tiles.findIndex((tile) => tile === document.activeElement);
  const next = index < 0 ? undefined : neighbour(index, event.key, columns, tiles.length);
  if (next === undefined) return;
  event.preventDefault();
  tiles[next]?.focus();
}
