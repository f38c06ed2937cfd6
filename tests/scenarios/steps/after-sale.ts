/** What happens to a sale later: goods come back, it is undone, or its customer becomes known. */
import type { SaleId } from '../../../base/ids.ts';
import { attachCard } from '../../../till/app/attach-card.ts';
import { claimSale } from '../../../till/app/claim-sale.ts';
import { findSale } from '../../../till/app/sale-book.ts';
import { refundSale } from '../../../till/app/refund-sale.ts';
import { voidSale } from '../../../till/app/void-sale.ts';
import type { RefundedSale } from '../../../till/contract/shapes.ts';
import type { EngineParts } from '../../../till/app/engine.ts';
import { attempt, type Attempt, callerOf, type Done, memberOrNull, newCommand, refusedAs, tillOf } from '../attempt.ts';
import { balanceAndTier, mapOf } from '../replica-view.ts';
import type { StepOf } from '../scenario-format.ts';
import type { World } from '../world.ts';

/** The till of the sale, where a step names none. */
function tillOfSale(world: World, { sale, till }: { readonly sale: string; readonly till?: string | undefined }) {
  return tillOf(world, till ?? world.sales.get(sale)?.till);
}

/** A name that no sale has is passed on, and no till knows it. */
function saleId(world: World, name: string): SaleId {
  return world.sales.get(name)?.sale ?? (name as SaleId); // not the id of any sale
}

export function playRefund(world: World, step: StepOf<'refund'>): Done {
  const till = tillOfSale(world, step);
  const { parts } = till.engine;
  const sale = saleId(world, step.sale);
  const what = step.all === true ? { all: true as const } : { lines: step.lines ?? [] };
  const request = { command: newCommand(), sale, what, print: false };
  const done = attempt(world, till, () => refundSale(parts, callerOf(step.operator), request));
  return refundDone(parts, sale, done);
}

export function playVoid(world: World, step: StepOf<'void'>): Done {
  const till = tillOfSale(world, step);
  const { parts } = till.engine;
  const sale = saleId(world, step.sale);
  const request = { command: newCommand(), sale, print: false };
  const done = attempt(world, till, () => voidSale(parts, callerOf(step.operator), request));
  return refundDone(parts, sale, done);
}

function refundDone(parts: EngineParts, sale: SaleId, { result, date, wrong }: Attempt<RefundedSale>): Done {
  if (!result.ok) return refusedAs(result.error.code, wrong);
  const { money, returned, takenBack } = result.value;
  const known = findSale(parts, sale);
  const account = known?.member ?? known?.unclaimed?.account ?? null;
  const amounts = { money, returned: mapOf(returned), takenBack: mapOf(takenBack) };
  return { actual: { ...amounts, ...balanceAndTier(parts, account, date) }, wrong };
}

export function playAttach(world: World, step: StepOf<'attach'>): Done {
  const till = tillOfSale(world, step);
  const { parts } = till.engine;
  const member = memberOrNull(world, step.member);
  const request = {
    command: newCommand(),
    sale: saleId(world, step.sale),
    member,
    card: step.card ?? null,
    print: false,
  };
  const { result, date, wrong } = attempt(world, till, () => attachCard(parts, callerOf(), request));
  if (!result.ok) return refusedAs(result.error.code, wrong);
  const { earned } = result.value;
  return { actual: { earned: mapOf(earned), ...balanceAndTier(parts, result.value.member, date) }, wrong };
}

/** With the code that the commit answered; a sale that had a member has none. */
export function playClaim(world: World, step: StepOf<'claim'>): Done {
  const till = tillOfSale(world, step);
  const { parts } = till.engine;
  const member = world.memberId(step.member);
  const code = world.sales.get(step.sale)?.claimCode ?? '';
  const request = { command: newCommand(), sale: saleId(world, step.sale), code, member };
  const { result, date, wrong } = attempt(world, till, () => claimSale(parts, callerOf(), request));
  if (!result.ok) return refusedAs(result.error.code, wrong);
  return { actual: { balance: balanceAndTier(parts, member, date).balance ?? {} }, wrong };
}
