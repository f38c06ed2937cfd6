import { NO_DIALOG, updateSlice, type DialogState } from '../state/till-state.ts';
import type { AppContext } from './context.ts';

export type TillActions = ReturnType<typeof tillActions>;

export function tillActions(app: AppContext) {
  return {
    openDialog: (dialog: DialogState): void => {
      if (dialog.kind === 'enrol-member') {
        app.store.setState({ memberEnrolment: { busy: false, refusal: null, command: null } });
      }
      app.store.setState({ dialog });
    },
    /** What was said about the member and the basket has been read. */
    dismissMessages: (): void => {
      updateSlice(app.store, 'member', (member) => ({ ...member, refusal: null, hits: [] }));
      updateSlice(app.store, 'sale', (sale) => ({ ...sale, refusal: null, dropped: [] }));
    },
    typeSearch: (searchText: string): void => app.store.setState({ searchText }),
    closeDialog: (): void => app.store.setState({ dialog: NO_DIALOG }),
    enrolTill: (headOffice: string, code: string): Promise<void> => enrolTill(app, headOffice, code),
  };
}

async function enrolTill(app: AppContext, headOffice: string, code: string): Promise<void> {
  if (app.store.getState().tillEnrolment.busy) return;
  app.store.setState({ tillEnrolment: { busy: true, refusal: null } });
  const answer = await app.callEngine('till.enrol', { headOffice, code });
  app.store.setState({ tillEnrolment: { busy: false, refusal: answer.ok ? null : answer.error } });
  if (answer.ok) updateSlice(app.store, 'status', (status) => ({ ...status, status: answer.value }));
  if (answer.ok) await loadCatalogue(app);
}

export async function loadStatus(app: AppContext): Promise<void> {
  const answer = await app.callEngine('till.status', {});
  if (answer.ok) updateSlice(app.store, 'status', (status) => ({ ...status, status: answer.value }));
}

export async function loadCatalogue(app: AppContext): Promise<void> {
  const answer = await app.callEngine('catalogue.list', {});
  if (answer.ok) app.store.setState({ catalogue: { items: answer.value.items, loaded: true } });
}
