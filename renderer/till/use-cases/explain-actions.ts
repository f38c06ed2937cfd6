/** How numbers came about: asked of the engine when somebody wants to know, never kept. */
import type { SaleId } from '../../../base/ids.ts';
import { NO_DIALOG, updateSlice, type DialogState } from '../state/till-state.ts';
import { basketLines } from './basket.ts';
import type { AppContext } from './context.ts';

export type ExplainActions = ReturnType<typeof explainActions>;
type Explaining = Extract<DialogState, { answer: unknown }>;

export function explainActions(app: AppContext) {
  return {
    /** `topic`: a wallet's id, `level`, `badges` or `memberships`. */
    explainMember: (topic: string): Promise<void> => explainMember(app, topic),
    explainBasket: (): Promise<void> => explainBasket(app),
    explainSale: (sale: { readonly sale: SaleId; readonly receipt: string }): Promise<void> => explainSale(app, sale),
    closeExplanation: (): void =>
      updateSlice(app.store, 'dialog', (dialog) =>
        dialog.kind === 'explain-sale' && dialog.back === 'recent' ? { kind: 'recent' } : NO_DIALOG,
      ),
  };
}

async function explainMember(app: AppContext, topic: string): Promise<void> {
  const member = app.store.getState().member.member?.member;
  if (member === undefined) return;
  const asked = { kind: 'explain-member', member, topic, answer: null } as const;
  app.store.setState({ dialog: asked });
  const answer = await app.callEngine('member.explain', { member });
  show(app, asked, { ...asked, answer });
}

async function explainBasket(app: AppContext): Promise<void> {
  const { sale, member } = app.store.getState();
  if (sale.lines.length === 0 || sale.phase !== 'selling') return;
  const asked = { kind: 'explain-basket', answer: null } as const;
  app.store.setState({ dialog: asked });
  const answer = await app.callEngine('quote.explain', {
    member: member.member?.member ?? null,
    lines: basketLines(sale.lines),
    redeem: [...sale.redeem],
  });
  show(app, asked, { ...asked, answer });
}

async function explainSale(app: AppContext, { sale, receipt }: { sale: SaleId; receipt: string }): Promise<void> {
  const back = app.store.getState().dialog.kind === 'recent' ? 'recent' : 'none';
  const asked = { kind: 'explain-sale', sale, receipt, back, answer: null } as const;
  app.store.setState({ dialog: asked });
  const answer = await app.callEngine('sale.explain', { sale });
  show(app, asked, { ...asked, answer });
}

/** Only where it is still what the screen waits for. */
function show(app: AppContext, asked: Explaining, answered: Explaining): void {
  updateSlice(app.store, 'dialog', (dialog) => (dialog === asked ? answered : dialog));
}

/** What the sale on the done screen earned, rule by rule; without an answer the totals stand alone. */
export async function explainDone(app: AppContext, sale: SaleId): Promise<void> {
  const answer = await app.callEngine('sale.explain', { sale });
  if (!answer.ok) return;
  updateSlice(app.store, 'done', (done) => (done?.sale.sale === sale ? { ...done, explained: answer.value } : done));
}
