/** Evaluates a basket for a member as they stand now: what a quote shows and a commit writes. */
import type { SaleGift } from '../../ledger/bodies/sale.ts';
import { failed, ok, refused, type Refusal, type Result } from '../../base/result.ts';
import type { MemberFacts } from '../../loyalty/member-facts.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import type { SpendHere } from '../../loyalty/rewards/spend-here.ts';
import type { Channel } from '../../loyalty/roles.ts';
import { checkSaleRequest } from '../../loyalty/sale/check.ts';
import { evaluateSale } from '../../loyalty/sale/evaluate.ts';
import type { SaleEvaluation } from '../../loyalty/sale/evaluation.ts';
import type { RecordedLine } from '../../loyalty/sale/record.ts';
import { saleLinesSchema, redeemListSchema, type SaleRequest } from '../../loyalty/sale/request.ts';
import type { Basket } from '../contract/shapes.ts';
import { spendHereOf } from './allowances/spend-here.ts';
import type { Caller, TillContext } from './context.ts';
import { customerOf } from './customer.ts';
import type { KnownMember, MemberBook } from './member-book.ts';
import { memberFacts, unclaimedFacts } from './member-facts.ts';
import type { Moment } from './moment.ts';
import type { KnownProgramme } from './programme-book.ts';
import { recordedLines } from './sale-body.ts';
import { giftsOf } from './sale-gifts.ts';

/** A basket that was evaluated: all that a quote shows and a commit writes. */
export type PricedSale = {
  readonly known: KnownProgramme;
  readonly member: KnownMember | undefined;
  /** Undefined where the sale earns for nobody. */
  readonly facts: MemberFacts | undefined;
  /** It opens an account that its customer can claim. */
  readonly unclaimed: boolean;
  readonly request: SaleRequest;
  readonly evaluation: SaleEvaluation;
  readonly lines: readonly RecordedLine[];
  readonly gifts: readonly SaleGift[];
};

export type PricingParts = Pick<TillContext, 'programmes' | 'stream' | 'store' | 'clock'> & {
  readonly members: MemberBook;
};
export type AskedBasket = Basket & { readonly channel?: Channel };

/**
 * Refuses with the codes of programme.md, in the order of its fine print 41. What may be spent here is what this till's allowances say, unless
 * `spendHere` says it.
 */
export function priceSale(
  parts: PricingParts,
  basket: AskedBasket,
  caller: Caller,
  moment: Moment,
  spendHere?: SpendHere,
): Result<PricedSale, Refusal> {
  const stream = parts.stream();
  if (stream === undefined) return refused('not-enrolled', 'This till is not enrolled with head office yet.');
  const { date } = moment.local;
  const known = parts.programmes.inEffect(date);
  if (known === undefined) return refused('invalid-request', noProgramme(parts));
  const { programme } = known;
  const request = saleRequest(basket, caller, moment, stream.store);
  if (!request.ok) return failed(request.error);
  const invalid = checkSaleRequest(programme, request.value);
  if (invalid !== undefined) return failed(invalid);
  const customer = customerOf(parts, basket);
  if (!customer.ok) return failed(customer.error);
  const member = customer.value;
  const { facts, unclaimed } = factsOf(parts, programme, member, { caller, moment, spendHere });
  const evaluation = evaluateSale(programme, facts, request.value);
  if (!evaluation.ok) return failed(evaluation.error);
  const lines = recordedLines(request.value, evaluation.value);
  const { due } = evaluation.value.totals;
  const gifts = giftsOf(parts, programme, member, { date, store: stream.store, lines, due });
  return ok({ known, member, facts, unclaimed, request: request.value, evaluation: evaluation.value, lines, gifts });
}

function factsOf(
  parts: PricingParts,
  programme: Programme,
  member: KnownMember | undefined,
  { caller, moment, spendHere }: { caller: Caller; moment: Moment; spendHere: SpendHere | undefined },
): Pick<PricedSale, 'facts' | 'unclaimed'> {
  const { terms } = parts.programmes;
  const { date } = moment.local;
  if (member !== undefined) {
    const facts = memberFacts(member, programme, terms, date);
    const here = spendHere ?? spendHereOf(parts, member, programme, caller, date);
    return { facts: { ...facts, spendHere: here }, unclaimed: false };
  }
  if (programme.enrolment !== 'automatic') return { facts: undefined, unclaimed: false };
  return { facts: unclaimedFacts(programme, terms, date), unclaimed: true };
}

/** Why there are no terms to work under. */
export function noProgramme({ programmes }: Pick<TillContext, 'programmes'>): string {
  const [unusable] = programmes.unusable();
  if (unusable !== undefined) {
    return `Version ${unusable.version} of the programme needs a newer till: ${unusable.reason}.`;
  }
  return 'No programme is in effect on this date. Head office publishes one.';
}

function saleRequest(
  basket: AskedBasket,
  { actor, approver }: Caller,
  { local }: Moment,
  store: SaleRequest['store'],
): Result<SaleRequest, Refusal> {
  const lines = saleLinesSchema.safeParse(basket.lines.map(({ name: _name, ...line }) => line));
  if (!lines.success) return wrongField('lines', lines.error.issues[0]);
  const redeem = redeemListSchema.safeParse(basket.redeem);
  if (!redeem.success) return wrongField('redeem', redeem.error.issues[0]);
  return ok({
    local,
    channel: basket.channel ?? 'store',
    store,
    lines: lines.data,
    redeem: redeem.data,
    operatorRole: actor.role,
    approverRole: approver?.role,
    partner: basket.partner ?? undefined,
  });
}

function wrongField(part: string, issue: { path: PropertyKey[]; message: string } | undefined) {
  const path = [part, ...(issue?.path ?? [])].map(String).join('.');
  return refused('invalid-request', `${path} ${issue?.message ?? 'is wrong'}.`, path);
}
