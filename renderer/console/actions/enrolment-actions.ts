import type { TillSummary } from '../../../sync/protocol/console.ts';
import { NOT_LOADED, updateSlice } from '../state/console-state.ts';
import { ask, type AppContext } from './context.ts';

export type EnrolmentActions = {
  readonly createEnrolmentCode: (
    storeName: string,
    till: Pick<TillSummary, 'id' | 'name' | 'enrolled'>,
  ) => Promise<void>;
  readonly closeEnrolment: () => void;
};

export function enrolmentActions(app: AppContext): EnrolmentActions {
  return {
    createEnrolmentCode: async (storeName, { id, name, enrolled }) => {
      const asked = { till: id, tillName: name, storeName, enrolled, code: NOT_LOADED };
      updateSlice(app.store, 'enrolment', () => asked);
      const answer = await ask(app, app.api.createEnrolmentCode(id));
      const code = answer.ok ? { value: answer.value, refusal: null } : { value: null, refusal: answer.error };
      updateSlice(app.store, 'enrolment', (before) => (before === asked ? { ...asked, code } : before));
    },
    // The code goes with the dialog: it is a secret, and a new one is one press away.
    closeEnrolment: () => updateSlice(app.store, 'enrolment', () => null),
  };
}
