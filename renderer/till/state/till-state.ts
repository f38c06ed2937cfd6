/** What the screen shows: a view of the engine's answers, never the truth. One slice for each feature; only app/ changes it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CatalogueItem } from '../../../base/catalogue.ts';
import type { CommandId, MemberId, SaleId } from '../../../base/ids.ts';
import type { Refusal, Result } from '../../../base/result.ts';
import type { TillEvent, TillOutput } from '../../../till/contract/calls.ts';
import type { BasketExplanation, MemberExplanation, SaleExplanation } from '../../../till/contract/explain-shapes.ts';
import type { ReceiptView } from '../../../till/contract/receipt-shape.ts';
import type { CommittedSale, MemberView, TillStatus } from '../../../till/contract/shapes.ts';
import type { EngineState } from '../engine/engine-client.ts';
import { NO_SALE, type SaleState } from './sale-state.ts';

export type MemberHit = TillOutput<'member.find'>['members'][number];
export type SaleSummary = TillEvent<'sale'>;
export type PrintJob = TillEvent<'printJob'>;
export type PresentedBasket = TillEvent<'basket'>;

export type MemberState = {
  readonly member: MemberView | null;
  /** The card by which the member was found: the sale says so. */
  readonly scanned: string | null;
  readonly looking: boolean;
  /** Several members fit what was typed: the cashier chooses. */
  readonly hits: readonly MemberHit[];
  /** Why the last look-up found nobody; `card` where that card can be enrolled. */
  readonly refusal: { readonly refusal: Refusal; readonly card: string | null } | null;
};

export type StatusState = {
  readonly engine: EngineState;
  readonly status: TillStatus | null;
  /** Print jobs that need somebody to look. */
  readonly jobs: readonly PrintJob[];
};

export type CatalogueState = { readonly items: readonly CatalogueItem[]; readonly loaded: boolean };

export type DoneState = {
  readonly sale: CommittedSale;
  readonly memberName: string | null;
  readonly receipt: ReceiptView | null;
  readonly receiptRefusal: Refusal | null;
  readonly job: PrintJob | null;
  /** Rule by rule; null until it has come. */
  readonly explained: SaleExplanation | null;
  /** The level before the sale, where the member was on screen then. */
  readonly tierBefore: MemberView['tier'];
};

export type RecentState = {
  readonly sales: readonly SaleSummary[];
  readonly loading: boolean;
  readonly refusal: Refusal | null;
  /** The sale that the cashier is asked about before it is voided. */
  readonly voiding: { readonly sale: SaleSummary; readonly command: CommandId; readonly busy: boolean } | null;
};

export type DialogState =
  | { readonly kind: 'none' }
  | { readonly kind: 'line'; readonly key: string }
  | { readonly kind: 'amount' }
  | { readonly kind: 'spend'; readonly reward: string; readonly limits: SpendLimits | null }
  | { readonly kind: 'enrol-member'; readonly card: string }
  | { readonly kind: 'recent' }
  | { readonly kind: 'status' }
  | { readonly kind: 'help' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'presented'; readonly presented: PresentedBasket }
  /** `topic`: a wallet, or one of the other tabs; `answer`: null while it is asked for. */
  | {
      readonly kind: 'explain-member';
      readonly member: MemberId;
      readonly topic: string;
      readonly answer: Explained<MemberExplanation>;
    }
  | { readonly kind: 'explain-basket'; readonly answer: Explained<BasketExplanation> }
  /** `back`: what was open before, and is again afterwards. */
  | {
      readonly kind: 'explain-sale';
      readonly sale: SaleId;
      readonly receipt: string;
      readonly back: 'recent' | 'none';
      readonly answer: Explained<SaleExplanation>;
    };

export type Explained<Answer> = Result<Answer, Refusal> | null;

/** Of a reward that pays with points: units, for the basket as it is without it. Null while they are asked for. */
export type SpendLimits = { readonly step: number; readonly most: number };

export type EnrolState = { readonly busy: boolean; readonly refusal: Refusal | null };

export type TillState = {
  readonly sale: SaleState;
  readonly member: MemberState;
  readonly status: StatusState;
  readonly catalogue: CatalogueState;
  /** What is typed into the search field. */
  readonly searchText: string;
  readonly done: DoneState | null;
  readonly recent: RecentState;
  readonly dialog: DialogState;
  /** Enrolment of this till with head office. */
  readonly tillEnrolment: EnrolState;
  readonly memberEnrolment: EnrolState & { readonly command: CommandId | null };
};

export type TillStore = StoreApi<TillState>;

export const NO_MEMBER: MemberState = { member: null, scanned: null, looking: false, hits: [], refusal: null };
export const NO_DIALOG: DialogState = { kind: 'none' };

export function createTillStore(): TillStore {
  return createStore<TillState>(() => ({
    sale: NO_SALE,
    member: NO_MEMBER,
    status: { engine: 'connecting', status: null, jobs: [] },
    catalogue: { items: [], loaded: false },
    searchText: '',
    done: null,
    recent: { sales: [], loading: false, refusal: null, voiding: null },
    dialog: NO_DIALOG,
    tillEnrolment: { busy: false, refusal: null },
    memberEnrolment: { busy: false, refusal: null, command: null },
  }));
}

/** Replaces one slice by what `change` makes of it. */
export function updateSlice<Slice extends keyof TillState>(
  store: TillStore,
  slice: Slice,
  change: (before: TillState[Slice]) => TillState[Slice],
): void {
  store.setState((state) => ({ [slice]: change(state[slice]) }));
}
