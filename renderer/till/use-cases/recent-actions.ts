import { NO_DIALOG, updateSlice, type SaleSummary } from '../state/till-state.ts';
import type { AppContext } from './context.ts';
import { refreshMember } from './member-actions.ts';
import { takePrintJob } from './receipt-actions.ts';

export const RECENT_SALES_SHOWN = 30;

export type RecentActions = ReturnType<typeof recentActions>;

export function recentActions(app: AppContext) {
  return {
    openRecent: async (): Promise<void> => {
      app.store.setState({ dialog: { kind: 'recent' } });
      await loadRecent(app);
    },
    /** Asks first; the command's id is made here, so that the answer to the question is one void however often it is given. */
    askVoid: (sale: SaleSummary): void => {
      const voiding = { sale, command: app.newCommandId(), busy: false };
      updateSlice(app.store, 'recent', (recent) => ({ ...recent, voiding, refusal: null }));
    },
    keepSale: (): void => {
      updateSlice(app.store, 'recent', (recent) =>
        recent.voiding?.busy === true ? recent : { ...recent, voiding: null },
      );
    },
    voidSale: (): Promise<void> => voidSale(app),
    closeRecent: (): void => {
      updateSlice(app.store, 'recent', (recent) => ({ ...recent, voiding: null, refusal: null }));
      app.store.setState({ dialog: NO_DIALOG });
    },
  };
}

async function loadRecent(app: AppContext): Promise<void> {
  updateSlice(app.store, 'recent', (recent) => ({ ...recent, loading: true, refusal: null }));
  const answer = await app.callEngine('sale.recent', { limit: RECENT_SALES_SHOWN });
  updateSlice(app.store, 'recent', (recent) => ({
    ...recent,
    loading: false,
    ...(answer.ok ? { sales: answer.value.sales } : { refusal: answer.error }),
  }));
}

async function voidSale(app: AppContext): Promise<void> {
  const { voiding } = app.store.getState().recent;
  if (voiding === null || voiding.busy) return;
  updateSlice(app.store, 'recent', (recent) => ({ ...recent, voiding: { ...voiding, busy: true } }));
  const answer = await app.callEngine('sale.void', { command: voiding.command, sale: voiding.sale.sale });
  if (!answer.ok) {
    updateSlice(app.store, 'recent', (recent) => ({ ...recent, voiding: null, refusal: answer.error }));
    return;
  }
  updateSlice(app.store, 'recent', (recent) => ({ ...recent, voiding: null }));
  if (answer.value.printJob !== null) takePrintJob(app, answer.value.printJob);
  app.toast('good', { kind: 'voided', receipt: answer.value.receipt, money: answer.value.money });
  await loadRecent(app);
  if (voiding.sale.member !== null) await refreshMember(app, voiding.sale.member);
}

/** A sale that was committed or voided, here or through the POS: the open list follows. */
export function takeSale(app: AppContext, sale: SaleSummary): void {
  updateSlice(app.store, 'recent', (recent) => {
    const known = recent.sales.some((other) => other.sale === sale.sale);
    const sales = known
      ? recent.sales.map((other) => (other.sale === sale.sale ? sale : other))
      : [sale, ...recent.sales].slice(0, RECENT_SALES_SHOWN);
    return { ...recent, sales };
  });
}
