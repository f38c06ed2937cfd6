import type { CatalogueItem } from '../../../base/catalogue.ts';
import type { MemberId } from '../../../base/ids.ts';
import type { Refusal } from '../../../base/result.ts';
import type { CommittedSale } from '../../../till/contract/shapes.ts';
import type { PendingCommit } from '../engine/command-journal.ts';
import {
  canConfirm,
  changed,
  emptied,
  withBasket,
  withItem,
  withLine,
  withoutLine,
  withoutReward,
  withPrice,
  withQuantity,
  withReward,
  type SaleState,
} from '../state/sale-state.ts';
import { NO_DIALOG, NO_MEMBER, updateSlice, type PresentedBasket } from '../state/till-state.ts';
import { basketLines } from './basket.ts';
import type { AppContext } from './context.ts';
import { explainDone } from './explain-actions.ts';
import { askQuote } from './quoting.ts';
import { loadReceipt } from './receipt-actions.ts';

/** The sku of an amount keyed without an item. No earning rule or reward names it. */
export const KEYED_AMOUNT_SKU = 'keyed-amount';

export type SaleActions = ReturnType<typeof saleActions>;

export function saleActions(app: AppContext) {
  const change = (make: (sale: SaleState) => SaleState): void =>
    updateSlice(app.store, 'sale', (sale) => (sale.phase === 'selling' ? make(sale) : sale));
  return {
    addItem: (item: CatalogueItem): void => change((sale) => withItem(sale, item)),
    /** Minor units; `name` is printed on the receipt. */
    addAmount: (name: string, unitPrice: number): void =>
      change((sale) => withLine(sale, { sku: KEYED_AMOUNT_SKU, name, quantity: '1', unitPrice })),
    setQuantity: (key: string, quantity: string): void => change((sale) => withQuantity(sale, key, quantity)),
    setPrice: (key: string, unitPrice: number): void => change((sale) => withPrice(sale, key, unitPrice)),
    removeLine: (key: string): void => change((sale) => withoutLine(sale, key)),
    applyReward: (reward: string, points?: number): void =>
      change((sale) => withReward(sale, points === undefined ? { reward } : { reward, points })),
    removeReward: (reward: string): void => change((sale) => withoutReward(sale, reward)),
    openSpend: (reward: string): Promise<void> => openSpend(app, reward),
    /** The lines go, the member stays. */
    clearLines: (): void => change(emptied),
    clearSale: (): void => clearSale(app),
    /** A basket that the POS handed over, member and rewards included. */
    takePresented: (presented: PresentedBasket): void => takePresented(app, presented),
    confirmSale: (): Promise<void> => confirmSale(app),
    nextCustomer: (): void => clearSale(app),
  };
}

/** How much can be spent depends on what else is applied: the limits are those of the basket without this reward. */
async function openSpend(app: AppContext, reward: string): Promise<void> {
  const { sale } = app.store.getState();
  if (sale.phase !== 'selling') return;
  app.store.setState({ dialog: { kind: 'spend', reward, limits: null } });
  const redeem = sale.redeem.filter((choice) => choice.reward !== reward);
  const answer = await askQuote(app, sale, redeem);
  const limits = answer.ok ? answer.value.rewards.find((option) => option.reward === reward)?.spend : undefined;
  updateSlice(app.store, 'dialog', (dialog) => {
    if (dialog.kind !== 'spend' || dialog.reward !== reward) return dialog;
    return { ...dialog, limits: limits ?? { step: 1, most: 0 } };
  });
}

function clearSale(app: AppContext): void {
  const { sale } = app.store.getState();
  if (sale.phase !== 'selling') return;
  app.store.setState({ sale: emptied(sale), member: NO_MEMBER, done: null, dialog: NO_DIALOG });
}

/** Replaces an empty basket at once; the screen asks first where there is one. */
export function presentBasket(app: AppContext, presented: PresentedBasket): void {
  const { sale } = app.store.getState();
  if (sale.phase === 'selling' && sale.lines.length === 0) takePresented(app, presented);
  else app.store.setState({ dialog: { kind: 'presented', presented } });
}

function takePresented(app: AppContext, presented: PresentedBasket): void {
  const { sale, member } = app.store.getState();
  if (sale.phase !== 'selling') return;
  app.store.setState({
    done: null,
    dialog: NO_DIALOG,
    member: presented.member === null ? member : { ...NO_MEMBER, member: presented.member },
    sale: withBasket(sale, presented.basket, presented.reference),
  });
}

/** One press sells once: a second one finds the sale committing, and a retry has the same command id. */
async function confirmSale(app: AppContext): Promise<void> {
  const { sale, member } = app.store.getState();
  if (!canConfirm(sale) || sale.quoted === null) return;
  const command = sale.command ?? app.newCommandId();
  await commitSale(app, {
    command,
    member: member.member?.member ?? null,
    lines: basketLines(sale.lines),
    redeem: [...sale.redeem],
    reference: sale.reference,
    expectedDue: sale.quoted.quote.due,
    ...(member.scanned === null ? {} : { scanned: member.scanned }),
  });
}

/** A commit that a reload of the page interrupted: asked again under its own id, it gives the answer that was lost. */
export async function resumePendingCommit(app: AppContext): Promise<void> {
  const pending = app.journal.pending();
  if (pending === null) return;
  updateSlice(app.store, 'sale', (sale) =>
    withBasket(sale, { member: null, lines: pending.lines, redeem: pending.redeem }, pending.reference),
  );
  if (pending.member !== null) void showCommittingMember(app, pending.member);
  await commitSale(app, pending);
}

async function showCommittingMember(app: AppContext, member: MemberId): Promise<void> {
  const answer = await app.callEngine('member.show', { member });
  if (answer.ok) updateSlice(app.store, 'member', () => ({ ...NO_MEMBER, member: answer.value }));
}

async function commitSale(app: AppContext, commit: PendingCommit): Promise<void> {
  app.journal.keep(commit);
  updateSlice(app.store, 'sale', (sale) => ({ ...sale, phase: 'committing', command: commit.command, refusal: null }));
  const answer = await app.callEngine('sale.commit', commit);
  app.journal.forget();
  if (answer.ok) showDone(app, answer.value);
  else takeCommitRefusal(app, commit, answer.error);
}

function showDone(app: AppContext, sale: CommittedSale): void {
  const { member } = app.store.getState().member;
  const memberName = member?.displayName ?? null;
  const tierBefore = member?.tier ?? null;
  const unread = { receipt: null, receiptRefusal: null, explained: null };
  app.store.setState((state) => ({
    sale: emptied(state.sale),
    done: { sale, memberName, tierBefore, job: sale.printJob, ...unread },
    dialog: NO_DIALOG,
  }));
  void loadReceipt(app, sale.sale);
  void explainDone(app, sale.sale);
}

/** Nothing was sold. Where the engine cannot say so for sure, the id stays, so that another press cannot sell twice. */
function takeCommitRefusal(app: AppContext, commit: PendingCommit, refusal: Refusal): void {
  const command = refusal.code.startsWith('engine-') ? commit.command : null;
  updateSlice(app.store, 'sale', (sale) => ({ ...changed({ ...sale, phase: 'selling' }), refusal, command }));
}
