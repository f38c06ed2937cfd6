import type { ReactNode } from 'react';
import type { Overview } from '../../../../sync/protocol/console.ts';
import { Panel } from '../../../ui/panel/Panel.tsx';
import { useFormats } from '../../words/formats-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { tillCondition } from '../../words/till-condition.ts';
import { useNow } from '../../words/use-now.ts';
import { TillRow } from './TillRow.tsx';

export function StorePanel({ store }: { store: Overview['stores'][number] }): ReactNode {
  const say = useSay();
  const formats = useFormats();
  const now = useNow();
  const tills = store.tills.length;
  const online = store.tills.filter((till) => tillCondition(till, now) === 'online').length;
  const summary = say('store.summary', {
    tills,
    shownTills: formats.number(tills),
    online,
    shownOnline: formats.number(online),
  });
  return (
    <Panel title={store.name} className="store" aside={<span className="soft small">{summary}</span>}>
      {tills === 0 ? (
        <p className="store-none">
          <Text id="store.noTills" />
        </p>
      ) : (
        <ul aria-label={say('store.tills', { store: store.name })}>
          {store.tills.map((till) => (
            <TillRow key={till.id} till={till} storeName={store.name} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
