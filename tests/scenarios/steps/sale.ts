/** A sale is quoted first, and its commit keeps what the quote promised. */
import type { CommittedSale, Quote } from '../../../till/contract/shapes.ts';
import { bringForSale } from '../../../till/app/allowances/bring.ts';
import { commitSale } from '../../../till/app/commit-sale.ts';
import type { Caller } from '../../../till/app/context.ts';
import type { EngineParts } from '../../../till/app/engine.ts';
import { momentNow } from '../../../till/app/moment.ts';
import { type AskedBasket, priceSale } from '../../../till/app/price-sale.ts';
import { quoteView } from '../../../till/app/quote-sale.ts';
import type { Refusal, Result } from '../../../base/result.ts';
import { attempt, callerOf, type Done, memberOrNull, newCommand, refusedAs, tillOf } from '../attempt.ts';
import { balanceAndTier, mapOf } from '../replica-view.ts';
import type { StepOf } from '../scenario-format.ts';
import type { World } from '../world.ts';

export async function playSale(world: World, step: StepOf<'sale'>): Promise<Done> {
  const till = tillOf(world, step.till);
  const before = world.sales.get(step.id);
  // Names of sales are one till's; this one is another's.
  if (before !== undefined && before.till !== till.name) return refusedAs('invalid-request');
  const { parts } = till.engine;
  const caller = callerOf(step.operator, step.approvedBy);
  const basket = basketOf(world, step);
  await bringForSale(parts, basket, caller);
  const quoted = quote(parts, basket, caller);
  const sold = attempt(world, till, () =>
    commitSale(parts, caller, {
      ...basket,
      command: newCommand(),
      reference: step.id,
      expectedDue: null,
      print: false,
    }),
  );
  const { result, date } = sold;
  // A name that was used is no matter of what a basket comes to.
  const wrong = [...sold.wrong, ...(before === undefined ? promiseBroken(quoted, result) : [])];
  if (!result.ok) return refusedAs(result.error.code, wrong);
  const { sale, earned, spent, discount, due, claimCode } = result.value;
  const account = result.value.member ?? result.value.unclaimed;
  world.sales.set(step.id, { sale, till: till.name, account, claimCode });
  const amounts = { earned: mapOf(earned), spent: mapOf(spent), discount, due };
  return { actual: { ...amounts, ...balanceAndTier(parts, account, date) }, wrong };
}

function basketOf(world: World, step: StepOf<'sale'>): AskedBasket {
  const { card = null, partner = null, lines, redeem = [], channel = 'store' } = step;
  return { member: memberOrNull(world, step.member), card, partner, lines, redeem, channel };
}

function quote(parts: EngineParts, basket: AskedBasket, caller: Caller): Result<Quote, Refusal> {
  const priced = priceSale(parts, basket, caller, momentNow(parts, parts.writer.last()));
  return priced.ok ? { ok: true, value: quoteView(parts, priced.value) } : priced;
}

/** All that a quote says but the choices beside it, to the letter. */
function promiseBroken(quoted: Result<Quote, Refusal>, sold: Result<CommittedSale, Refusal>): string[] {
  const [promised, kept] = [quoted.ok ? 'a sale' : quoted.error.code, sold.ok ? 'a sale' : sold.error.code];
  if (!quoted.ok || !sold.ok) return promised === kept ? [] : [`the quote: promised ${promised}, the commit: ${kept}`];
  const { rewards: _choices, ...promise } = quoted.value;
  const done: Omit<Quote, 'rewards'> = sold.value;
  return (Object.keys(promise) as (keyof typeof promise)[]) // an object literal of the till has no other keys
    .filter((part) => JSON.stringify(promise[part]) !== JSON.stringify(done[part]))
    .map((part) => `${part}: promised ${JSON.stringify(promise[part])}, committed ${JSON.stringify(done[part])}`);
}
