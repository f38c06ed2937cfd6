import { History } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { EmptyState } from '../../../ui/empty/EmptyState.tsx';
import { Notice } from '../../../ui/notice/Notice.tsx';
import { useActions, useTill } from '../../state/till-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { refusalWords } from '../../words/refusal-words.ts';
import { RecentSale } from './RecentSale.tsx';
import { VoidDialog } from './VoidDialog.tsx';
import './recent.css';

export function RecentDialog(): ReactNode {
  const say = useSay();
  const actions = useActions();
  const open = useTill((state) => state.dialog.kind === 'recent');
  return (
    <Dialog
      open={open}
      size="large"
      title={say('recent.title')}
      description={say('recent.description')}
      closeLabel={say('app.close')}
      onClose={actions.closeRecent}
    >
      <RecentSales />
      <VoidDialog />
    </Dialog>
  );
}

function RecentSales(): ReactNode {
  const say = useSay();
  const { sales, loading, refusal } = useTill((state) => state.recent);
  return (
    <div className="recent">
      {refusal === null ? null : <Notice tone="bad">{refusalWords(refusal, say)}</Notice>}
      {sales.length === 0 && loading ? (
        <output>
          <Text id="recent.loading" />
        </output>
      ) : null}
      {sales.length === 0 && !loading ? (
        <EmptyState icon={History} title={say('recent.empty')} hint={say('recent.empty.hint')} />
      ) : null}
      <ul aria-label={say('recent.list')}>
        {sales.map((sale) => (
          <RecentSale key={sale.sale} sale={sale} />
        ))}
      </ul>
    </div>
  );
}
