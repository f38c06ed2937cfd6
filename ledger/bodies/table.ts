import type { z } from 'zod';
import type { MemberId } from '../../base/ids.ts';
import {
  adjustV1,
  type AdjustBody,
  cardV1,
  type CardBody,
  clubV1,
  type ClubBody,
  expireV1,
  type ExpireBody,
  goalV1,
  type GoalBody,
  mergeV1,
  type MergeBody,
  transferV1,
  type TransferBody,
  type UnmergeBody,
} from './account.ts';
import { attachV1, type AttachBody, claimV1, type ClaimBody } from './after-sale.ts';
import {
  adoptV1,
  type AdoptBody,
  allowanceReturnV1,
  type AllowanceReturnBody,
  closeV1,
  type CloseBody,
  writeOffV1,
  type WriteOffBody,
} from './stream.ts';
import { ENROL_V1_DEFAULTS, type EnrolBody, enrolV1, enrolV2 } from './enrol.ts';
import { fromVoidV1, type RefundBody, refundV1, voidV1 } from './refund.ts';
import { issuedParts, voucherAccount } from '../vouchers.ts';
import { type VoucherBody, voucherV1 } from './voucher.ts';
import { referrersIn, SALE_V1_DEFAULTS, type SaleBody, saleV1, saleV2 } from './sale.ts';

/** The one place where kinds of entry are registered: what each says, in every version that was ever written. */
export type Bodies = {
  readonly enrol: EnrolBody;
  readonly sale: SaleBody;
  readonly refund: RefundBody;
  readonly void: RefundBody;
  readonly attach: AttachBody;
  readonly claim: ClaimBody;
  readonly adjust: AdjustBody;
  readonly transfer: TransferBody;
  readonly card: CardBody;
  readonly club: ClubBody;
  readonly merge: MergeBody;
  readonly unmerge: UnmergeBody;
  readonly goal: GoalBody;
  readonly expire: ExpireBody;
  readonly 'allowance-return': AllowanceReturnBody;
  readonly close: CloseBody;
  readonly adopt: AdoptBody;
  readonly 'write-off': WriteOffBody;
  readonly voucher: VoucherBody;
};
export type EntryKind = keyof Bodies;

type KindOf<Body> = {
  /** The version that this code writes. */
  readonly kv: number;
  /** By version, as it was written. */
  readonly schemas: Readonly<Record<number, z.ZodType>>;
  /** The body of an older version in today's form; the newest needs none. */
  readonly upgrade?: Readonly<Record<number, (body: never) => Body>>;
  /** Members that it speaks of beside the entry's own; it may post to them. */
  readonly others?: (body: Body) => readonly MemberId[];
};

export const ENTRY_KINDS: { readonly [Kind in EntryKind]: KindOf<Bodies[Kind]> } = {
  enrol: {
    kv: 2,
    schemas: { 1: enrolV1, 2: enrolV2 },
    upgrade: { 1: (body: EnrolBody): EnrolBody => ({ ...ENROL_V1_DEFAULTS, ...body }) },
  },
  sale: {
    kv: 2,
    schemas: { 1: saleV1, 2: saleV2 },
    upgrade: { 1: (body: SaleBody): SaleBody => ({ ...SALE_V1_DEFAULTS, ...body }) },
    others: (body) => [...referrersIn(body.gifts), ...issuedParts(body).map(({ account }) => account)],
  },
  refund: { kv: 1, schemas: { 1: refundV1 }, others: undone },
  void: {
    kv: 2,
    schemas: { 1: voidV1, 2: refundV1 },
    upgrade: { 1: fromVoidV1 },
    others: undone,
  },
  attach: {
    kv: 1,
    schemas: { 1: attachV1 },
    others: ({ gifts, dropped }) => [...referrersIn(gifts), ...(dropped === null ? [] : [dropped.account])],
  },
  claim: { kv: 1, schemas: { 1: claimV1 }, others: ({ account }) => [account] },
  adjust: { kv: 1, schemas: { 1: adjustV1 } },
  transfer: { kv: 1, schemas: { 1: transferV1 }, others: ({ to }) => [to] },
  card: { kv: 1, schemas: { 1: cardV1 } },
  club: { kv: 1, schemas: { 1: clubV1 } },
  merge: { kv: 1, schemas: { 1: mergeV1 }, others: ({ from }) => [from] },
  unmerge: { kv: 1, schemas: { 1: mergeV1 }, others: ({ from }) => [from] },
  goal: { kv: 1, schemas: { 1: goalV1 } },
  expire: { kv: 1, schemas: { 1: expireV1 } },
  'allowance-return': { kv: 1, schemas: { 1: allowanceReturnV1 } },
  close: { kv: 1, schemas: { 1: closeV1 } },
  adopt: { kv: 1, schemas: { 1: adoptV1 } },
  'write-off': { kv: 1, schemas: { 1: writeOffV1 } },
  voucher: { kv: 1, schemas: { 1: voucherV1 } },
};

function undone({ gifts, vouchers = [] }: RefundBody): readonly MemberId[] {
  return [...referrersIn(gifts), ...vouchers.map(voucherAccount)];
}

export function isEntryKind(kind: string): kind is EntryKind {
  return Object.hasOwn(ENTRY_KINDS, kind);
}
