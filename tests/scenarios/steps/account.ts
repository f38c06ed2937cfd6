/** What happens to members without a sale, at a till. */
import type { Refusal, Result } from '../../../base/result.ts';
import { adjustBalance } from '../../../till/app/adjust-balance.ts';
import { bringForTransfer } from '../../../till/app/allowances/bring.ts';
import { changeCard } from '../../../till/app/change-card.ts';
import { changeClub } from '../../../till/app/change-club.ts';
import { enrolMember } from '../../../till/app/enrol-member.ts';
import { transferPoints } from '../../../till/app/transfer-points.ts';
import { attempt, type Attempt, callerOf, type Done, newCommand, refusedAs, tillOf } from '../attempt.ts';
import { balanceAndTier } from '../replica-view.ts';
import type { StepOf } from '../scenario-format.ts';
import type { World } from '../world.ts';

function doneOf({
  result,
  wrong,
}: {
  readonly result: Result<unknown, Refusal>;
  readonly wrong: readonly string[];
}): Done {
  return result.ok ? { actual: {}, wrong } : refusedAs(result.error.code, wrong);
}

export function playEnrol(world: World, step: StepOf<'enrol'>): Done {
  const till = tillOf(world, step.till);
  const { id, card = null, phone = null, email = null, birthday = null, clubs = [], segments = [] } = step.member;
  const referredBy = step.member.referredBy === undefined ? null : { member: world.memberId(step.member.referredBy) };
  const request = {
    command: newCommand(),
    member: world.memberId(id),
    card,
    firstName: null,
    phone,
    email,
    birthday,
    referredBy,
    clubs,
    segments,
    // The contract knows of no refusal for it; asking is for a screen.
    allowSharedContact: true,
  };
  return doneOf(attempt(world, till, () => enrolMember(till.engine.parts, callerOf(step.operator), request)));
}

export function playAdjust(world: World, step: StepOf<'adjust'>): Done {
  const till = tillOf(world, step.till);
  const { parts } = till.engine;
  const member = world.memberId(step.member);
  const { wallet, amount, reason = '' } = step;
  const request = { command: newCommand(), member, wallet, amount, reason };
  const { result, date, wrong }: Attempt<unknown> = attempt(world, till, () =>
    adjustBalance(parts, callerOf(step.operator), request),
  );
  if (!result.ok) return refusedAs(result.error.code, wrong);
  return { actual: { balance: balanceAndTier(parts, member, date).balance ?? {} }, wrong };
}

export async function playTransfer(world: World, step: StepOf<'transfer'>): Promise<Done> {
  const till = tillOf(world, step.till);
  const [from, to] = [world.memberId(step.from), world.memberId(step.to)];
  const { wallet, amount } = step;
  const request = { command: newCommand(), from, to, wallet, amount };
  await bringForTransfer(till.engine.parts, request);
  return doneOf(attempt(world, till, () => transferPoints(till.engine.parts, callerOf(step.operator), request)));
}

export function playCard(world: World, step: StepOf<'card'>): Done {
  const till = tillOf(world, step.till);
  const { action, card } = step;
  const request = { command: newCommand(), member: world.memberId(step.member), action, card, new: step.new ?? null };
  return doneOf(attempt(world, till, () => changeCard(till.engine.parts, callerOf(), request)));
}

export function playClub(world: World, step: StepOf<'club'>): Done {
  const till = tillOf(world, step.till);
  const { action, club } = step;
  const request = { command: newCommand(), member: world.memberId(step.member), action, club };
  return doneOf(attempt(world, till, () => changeClub(till.engine.parts, callerOf(), request)));
}
