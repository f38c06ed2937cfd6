import type { MemberId } from '../../../base/ids.ts';
import type { Refusal } from '../../../base/result.ts';
import type { TillInput } from '../../../till/contract/calls.ts';
import type { MemberView } from '../../../till/contract/shapes.ts';
import { withOtherMember } from '../state/sale-state.ts';
import { NO_DIALOG, NO_MEMBER, updateSlice } from '../state/till-state.ts';
import type { AppContext } from './context.ts';
import { quoteAgain } from './quoting.ts';

export type MemberDetails = Omit<TillInput<'member.enrol'>, 'command'>;
export type MemberActions = ReturnType<typeof memberActions>;

export function memberActions(app: AppContext) {
  return {
    /** By a card's number, scanned or typed. */
    identifyCard: (card: string): Promise<void> => identifyCard(app, card),
    /** By the start of a name, a phone number or an e-mail address. */
    findMember: (text: string): Promise<void> => findMember(app, text),
    /** For suggestions while somebody types: no refusal is shown. */
    suggestMembers: async (text: string) => {
      const answer = await app.callEngine('member.find', { text });
      return answer.ok ? answer.value.members : [];
    },
    chooseMember: async (member: MemberId): Promise<void> => {
      beginLooking(app);
      const answer = await app.callEngine('member.show', { member });
      if (answer.ok) takeMember(app, answer.value);
      else takeRefusal(app, answer.error, null);
    },
    /** The sale goes on without a member. */
    removeMember: (): void => {
      const { sale, member } = app.store.getState();
      if (sale.phase !== 'selling') return;
      app.store.setState({ member: NO_MEMBER, sale: member.member === null ? sale : withOtherMember(sale) });
    },
    enrolMember: (details: MemberDetails): Promise<void> => enrolMember(app, details),
  };
}

export async function identifyCard(app: AppContext, card: string): Promise<void> {
  beginLooking(app);
  const answer = await app.callEngine('member.identify', { card });
  if (answer.ok) takeMember(app, answer.value, card);
  else takeRefusal(app, answer.error, answer.error.code === 'unknown-card' ? card : null);
}

async function findMember(app: AppContext, text: string): Promise<void> {
  beginLooking(app);
  const answer = await app.callEngine('member.find', { text });
  if (!answer.ok) return takeRefusal(app, answer.error, null);
  const [only, ...others] = answer.value.members;
  if (only === undefined) {
    const refusal = { code: 'nobody-found', message: 'Nobody here has this name, phone number or e-mail address.' };
    return takeRefusal(app, refusal, null);
  }
  if (others.length > 0) {
    return updateSlice(app.store, 'member', (state) => ({ ...state, looking: false, hits: answer.value.members }));
  }
  const shown = await app.callEngine('member.show', { member: only.member });
  if (shown.ok) takeMember(app, shown.value);
  else takeRefusal(app, shown.error, null);
}

/** The member's row has changed elsewhere: what is on screen follows. */
export async function refreshMember(app: AppContext, member: MemberId): Promise<void> {
  if (app.store.getState().member.member?.member !== member) return;
  const answer = await app.callEngine('member.show', { member });
  if (!answer.ok || app.store.getState().member.member?.member !== member) return;
  updateSlice(app.store, 'member', (state) => ({ ...state, member: answer.value }));
  quoteAgain(app);
}

async function enrolMember(app: AppContext, details: MemberDetails): Promise<void> {
  const { memberEnrolment } = app.store.getState();
  if (memberEnrolment.busy) return;
  const command = memberEnrolment.command ?? app.newCommandId();
  app.store.setState({ memberEnrolment: { busy: true, refusal: null, command } });
  const answer = await app.callEngine('member.enrol', { command, ...details });
  if (!answer.ok) {
    // A refused enrolment is over, and the next try may have other details; only where the engine is not sure is it the same one.
    const kept = answer.error.code.startsWith('engine-') ? command : null;
    app.store.setState({ memberEnrolment: { busy: false, refusal: answer.error, command: kept } });
    return;
  }
  app.store.setState({ memberEnrolment: { busy: false, refusal: null, command: null }, dialog: NO_DIALOG });
  takeMember(app, answer.value);
  app.toast('good', { kind: 'member-enrolled', name: answer.value.displayName ?? details.card ?? '' });
}

function beginLooking(app: AppContext): void {
  updateSlice(app.store, 'member', (state) => ({ ...state, looking: true, hits: [], refusal: null }));
}

function takeMember(app: AppContext, member: MemberView, scanned: string | null = null): void {
  app.store.setState((state) => {
    if (state.sale.phase !== 'selling') return { member: { ...state.member, looking: false } };
    const same = state.member.member?.member === member.member;
    return { member: { ...NO_MEMBER, member, scanned }, sale: same ? state.sale : withOtherMember(state.sale) };
  });
}

/** The member before stays: who they are is still true, and the sentence says what was not found. */
function takeRefusal(app: AppContext, refusal: Refusal, card: string | null): void {
  updateSlice(app.store, 'member', (state) => ({ ...state, looking: false, hits: [], refusal: { refusal, card } }));
}
