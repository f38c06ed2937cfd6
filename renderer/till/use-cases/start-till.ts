/** Puts the screen together: the use cases over one engine and one store, and what runs by itself. */
import type { EngineClient } from '../engine/engine-client.ts';
import { updateSlice } from '../state/till-state.ts';
import type { AppContext } from './context.ts';
import { explainActions, type ExplainActions } from './explain-actions.ts';
import { memberActions, refreshMember, type MemberActions } from './member-actions.ts';
import { quoteAgain, startQuoting } from './quoting.ts';
import { recentActions, takeSale, type RecentActions } from './recent-actions.ts';
import { loadPrintJobs, receiptActions, takePrintJob, type ReceiptActions } from './receipt-actions.ts';
import { presentBasket, resumePendingCommit, saleActions, type SaleActions } from './sale-actions.ts';
import { scanActions, type ScanActions } from './scan-actions.ts';
import { loadCatalogue, loadStatus, tillActions, type TillActions } from './till-actions.ts';

export type Actions = SaleActions &
  MemberActions &
  ReceiptActions &
  RecentActions &
  ScanActions &
  TillActions &
  ExplainActions;

export function createActions(app: AppContext): Actions {
  const sale = saleActions(app);
  return {
    ...sale,
    ...memberActions(app),
    ...receiptActions(app),
    ...recentActions(app),
    ...scanActions(app, sale),
    ...tillActions(app),
    ...explainActions(app),
  };
}

/** Listens to the engine, asks it for what the screen needs whenever it is (again) there, and finishes what a reload interrupted. */
export function startTill(app: AppContext, engine: EngineClient): void {
  startQuoting(app);
  engine.onEvent('status', (status) => {
    const enrolledBefore = app.store.getState().status.status?.enrolled ?? null;
    updateSlice(app.store, 'status', (before) => ({ ...before, status }));
    if (enrolledBefore === null && status.enrolled !== null) void loadCatalogue(app);
  });
  engine.onEvent('catalogue', () => void loadCatalogue(app));
  engine.onEvent('basket', (presented) => presentBasket(app, presented));
  engine.onEvent('member', ({ member }) => void refreshMember(app, member));
  engine.onEvent('sale', (sale) => takeSale(app, sale));
  engine.onEvent('printJob', (job) => takePrintJob(app, job));
  engine.onState((state) => {
    updateSlice(app.store, 'status', (before) => ({ ...before, engine: state }));
    if (state === 'ready') void catchUp(app);
  });
  engine.start();
  void resumePendingCommit(app);
}

async function catchUp(app: AppContext): Promise<void> {
  quoteAgain(app);
  await Promise.all([loadStatus(app), loadCatalogue(app), loadPrintJobs(app)]);
}
