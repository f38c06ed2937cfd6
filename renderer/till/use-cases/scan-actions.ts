import { looksLikeCode, resolveScan, type Resolved } from '../scan/resolve-scan.ts';
import { withItem } from '../state/sale-state.ts';
import { NO_DIALOG, updateSlice } from '../state/till-state.ts';
import type { AppContext } from './context.ts';
import { identifyCard } from './member-actions.ts';
import type { SaleActions } from './sale-actions.ts';

export type ScanActions = ReturnType<typeof scanActions>;

export function scanActions(app: AppContext, sale: Pick<SaleActions, 'nextCustomer'>) {
  return {
    /** A scan, wherever the focus is. It ends what merely stands in the way, but no question that needs an answer and no commit. */
    takeScan: (text: string): void => {
      const { dialog, recent, sale: current, done, status } = app.store.getState();
      if ((status.status?.enrolled ?? null) === null) return;
      const resolved = resolveScan(text, app.store.getState().catalogue.items);
      if (dialog.kind === 'enrol-member' && resolved.kind === 'card') {
        return app.store.setState({ dialog: { kind: 'enrol-member', card: resolved.card } });
      }
      const asked = recent.voiding !== null || dialog.kind === 'presented' || dialog.kind === 'clear';
      if (asked || current.phase === 'committing' || dialog.kind === 'enrol-member') {
        return app.toast('warn', { kind: 'scan-ignored' });
      }
      if (done !== null) sale.nextCustomer();
      app.store.setState({ dialog: NO_DIALOG, searchText: '' });
      takeResolved(app, resolved);
    },
    /** What was typed into the search field and confirmed with Enter. Answers false where it is no code, but a name. */
    takeTypedCode: (text: string): boolean => {
      const resolved = resolveScan(text, app.store.getState().catalogue.items);
      if (resolved.kind === 'item' || looksLikeCode(text)) {
        takeResolved(app, resolved);
        return true;
      }
      return false;
    },
  };
}

function takeResolved(app: AppContext, resolved: Resolved): void {
  switch (resolved.kind) {
    case 'item':
      updateSlice(app.store, 'sale', (sale) => (sale.phase === 'selling' ? withItem(sale, resolved.item) : sale));
      return app.toast('good', { kind: 'item-added', name: resolved.item.name });
    case 'card':
      void identifyCard(app, resolved.card);
      return;
    case 'refused':
      return updateSlice(app.store, 'member', (member) => ({
        ...member,
        refusal: { refusal: resolved.refusal, card: null },
      }));
    default:
      return resolved satisfies never;
  }
}
