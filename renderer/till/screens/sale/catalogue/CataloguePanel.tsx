import { Tabs } from '@base-ui/react/tabs';
import { LayoutGrid, Plus } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { Button } from '../../../../ui/button/Button.tsx';
import { EmptyState } from '../../../../ui/empty/EmptyState.tsx';
import { Panel } from '../../../../ui/panel/Panel.tsx';
import { useActions, useTill } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';
import { ALL_ITEMS, categoriesOf, itemsOf, NO_CATEGORY } from './catalogue-view.ts';
import { ItemGrid } from './ItemGrid.tsx';
import './catalogue.css';

export function CataloguePanel(): ReactNode {
  const say = useSay();
  const actions = useActions();
  const { items, loaded } = useTill((state) => state.catalogue);
  const [category, setCategory] = useState(ALL_ITEMS);
  const categories = useMemo(() => categoriesOf(items), [items]);
  const current = categories.includes(category) ? category : ALL_ITEMS;
  return (
    <Panel
      title={say('catalogue.title')}
      className="catalogue"
      aside={
        <Button kind="quiet" icon={Plus} onPress={() => actions.openDialog({ kind: 'amount' })}>
          <Text id="catalogue.keyed" />
        </Button>
      }
    >
      {loaded && items.length === 0 ? (
        <EmptyState icon={LayoutGrid} title={say('catalogue.empty')} hint={say('catalogue.empty.hint')} />
      ) : (
        <Tabs.Root className="catalogue-tabs" value={current} onValueChange={(value: string) => setCategory(value)}>
          <Tabs.List className="catalogue-categories" aria-label={say('catalogue.categories')}>
            {categories.map((name) => (
              <Tabs.Tab key={name} value={name} className="catalogue-category">
                {name === ALL_ITEMS ? <Text id="catalogue.all" /> : null}
                {name === NO_CATEGORY ? <Text id="catalogue.other" /> : null}
                {name === ALL_ITEMS || name === NO_CATEGORY ? null : name}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={current} tabIndex={-1} className="catalogue-items" data-place="catalogue">
            <ItemGrid items={itemsOf(items, current)} categories={categories} />
          </Tabs.Panel>
        </Tabs.Root>
      )}
    </Panel>
  );
}
