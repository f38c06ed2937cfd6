/**
 * What a screen can ask of the till engine: one closed list, parsed by schema on both transports (MessagePort in the desktop app,
 * WebSocket in the browser host). Answers are results: a value, or a refusal with a code and a sentence.
 */
import { z } from 'zod';
import * as explain from './explain-shapes.ts';
import { receiptView } from './receipt-shape.ts';
import * as shapes from './shapes.ts';

export const tillCalls = {
  /** Where the till stands: enrolled, online, what waits, devices. Also sent as the event `status` whenever it changes. */
  'till.status': call(z.strictObject({}), shapes.tillStatus),
  /** Enrols this till with a code from head office. */
  'till.enrol': call(
    z.strictObject({ headOffice: z.url().max(200), code: z.string().min(1).max(40) }),
    shapes.tillStatus,
  ),
  'catalogue.list': call(z.strictObject({}), z.object({ items: z.array(shapes.catalogueItem) })),
  /** The member behind a scanned or typed card. */
  'member.identify': call(z.strictObject({ card: shapes.typedText }), shapes.memberView),
  /** By prefix of the name, or by a whole phone number or e-mail address. At most 20. */
  'member.find': call(z.strictObject({ text: shapes.typedText }), z.object({ members: z.array(shapes.memberHit) })),
  'member.show': call(z.strictObject({ member: shapes.memberId }), shapes.memberView),
  'member.enrol': call(shapes.enrolMember, shapes.memberView),
  /** Wallets lot by lot, how the level came about, badges and memberships. */
  'member.explain': call(z.strictObject({ member: shapes.memberId }), explain.memberExplanation),
  'member.adjust': call(shapes.adjust, shapes.memberView),
  /** Answers the giver. */
  'member.transfer': call(shapes.transfer, shapes.memberView),
  'member.card': call(shapes.card, shapes.memberView),
  'member.club': call(shapes.club, shapes.memberView),
  'sale.quote': call(shapes.basket, shapes.quote),
  /** The same basket, rule by rule. */
  'quote.explain': call(shapes.basket, explain.basketExplanation),
  'sale.commit': call(shapes.commit, shapes.committedSale),
  'sale.refund': call(shapes.refund, shapes.refundedSale),
  /** A card that comes after the sale. */
  'sale.attach': call(shapes.attach, shapes.attachedSale),
  /** With the claim code of a receipt; answers the member who claims. */
  'sale.claim': call(shapes.claim, shapes.memberView),
  /** A voucher that a sale printed comes back; answers what it is good for. */
  'voucher.redeem': call(shapes.redeemVoucher, shapes.redeemedVoucher),
  'sale.void': call(z.strictObject({ command: shapes.commandId, sale: shapes.saleName }), shapes.refundedSale),
  /** A sale of this till or of the store, rule by rule, with what refunds have undone: what a return is chosen from. */
  'sale.explain': call(z.strictObject({ sale: shapes.saleName }), explain.saleExplanation),
  /** Sales of the member at this store, newest first. */
  'sale.ofMember': call(
    z.strictObject({ member: shapes.memberId, limit: z.int().min(1).max(50) }),
    z.object({ sales: z.array(shapes.saleSummary) }),
  ),
  'sale.recent': call(
    z.strictObject({ limit: z.int().min(1).max(50) }),
    z.object({ sales: z.array(shapes.saleSummary) }),
  ),
  'receipt.show': call(z.strictObject({ sale: shapes.saleId }), receiptView),
  /** Prints again, marked as a copy. */
  'receipt.reprint': call(z.strictObject({ command: shapes.commandId, sale: shapes.saleId }), shapes.printJobView),
  /** Jobs whose outcome is not `sent`, newest first. */
  'print.jobs': call(z.strictObject({}), z.object({ jobs: z.array(shapes.printJobView) })),
  'print.again': call(z.strictObject({ command: shapes.commandId, job: z.string().max(64) }), shapes.printJobView),
  'print.discard': call(z.strictObject({ job: z.string().max(64) }), shapes.printJobView),
} as const;

export type TillCalls = typeof tillCalls;
export type TillCallName = keyof TillCalls;
export type TillInput<Name extends TillCallName> = z.input<TillCalls[Name]['input']>;
export type TillParsedInput<Name extends TillCallName> = z.output<TillCalls[Name]['input']>;
export type TillOutput<Name extends TillCallName> = z.output<TillCalls[Name]['output']>;

/** What the engine tells every screen without being asked. */
export const tillEvents = {
  status: shapes.tillStatus,
  /** Head office sent another catalogue: ask for it. */
  catalogue: z.object({}),
  /** A basket that the POS handed over to be finished on this screen. */
  basket: shapes.presentedBasket,
  /** The member's row changed: ask again if it is on screen. */
  member: z.object({ member: shapes.memberId }),
  /** A sale was committed or voided, here or through the POS API. */
  sale: shapes.saleSummary,
  printJob: shapes.printJobView,
} as const;

export type TillEvents = typeof tillEvents;
export type TillEventName = keyof TillEvents;
export type TillEvent<Name extends TillEventName> = z.output<TillEvents[Name]>;

function call<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): { input: Input; output: Output } {
  return { input, output };
}
