/** A command at a till of the scenario, held to what the contract says of all of them: a refusal changes nothing. */
import { randomUUID } from 'node:crypto';
import type { BusinessDate } from '../../base/business-date.ts';
import type { CommandId, MemberId, OperatorId } from '../../base/ids.ts';
import type { Refusal, Result } from '../../base/result.ts';
import type { OperatorRole } from '../../loyalty/roles.ts';
import type { Caller } from '../../till/app/context.ts';
import type { EngineParts } from '../../till/app/engine.ts';
import { momentNow } from '../../till/app/moment.ts';
import type { Actual } from './outcome.ts';
import { ScenarioCannotRun, type ScenarioTill, type World } from './world.ts';

/** What a step did; `wrong` names what no expectation asks for and must hold all the same. */
export type Done = { readonly actual: Actual; readonly wrong: readonly string[] };

export const NOTHING: Done = { actual: {}, wrong: [] };

export type Attempt<Value> = {
  readonly result: Result<Value, Refusal>;
  /** The business date that the till worked on. */
  readonly date: BusinessDate;
  readonly wrong: readonly string[];
};

/** Runs it: a command that is done writes one entry, one that is refused leaves the till as it was. */
export function attempt<Value>(
  world: World,
  { engine: { parts } }: ScenarioTill,
  command: () => Result<Value, Refusal>,
): Attempt<Value> {
  const { date } = momentNow(parts, parts.writer.last()).local;
  const before = { entries: entriesOf(parts), members: membersAt(world, parts) };
  const result = command();
  const written = entriesOf(parts) - before.entries;
  const expected = result.ok ? 1 : 0;
  const wrong = written === expected ? [] : [`the ledger: expected ${expected} new entries, got ${written}`];
  if (!result.ok && membersAt(world, parts) !== before.members) wrong.push('the refusal changed a member');
  return { result, date, wrong };
}

function entriesOf(parts: EngineParts): number {
  return parts.writer.last()?.seq ?? 0;
}

/** All that the till knows of everybody in the scenario. */
function membersAt(world: World, parts: EngineParts): string {
  const known = [...world.accounts()].map((account) => {
    const found = parts.members.find(account);
    return found === undefined ? null : { ...found, cards: found.cards() };
  });
  return JSON.stringify(known);
}

export function refusedAs(code: string, wrong: readonly string[] = []): Done {
  return { actual: { refused: code }, wrong };
}

export function tillOf(world: World, name: string | undefined): ScenarioTill {
  const [first = ''] = world.tills.keys();
  const till = world.tills.get(name ?? first);
  if (till === undefined) throw new ScenarioCannotRun(`There is no till ${name ?? ''} in this scenario.`);
  return till;
}

/** Roles are the scenario's operators. */
export function callerOf(operator: OperatorRole = 'cashier', approvedBy?: OperatorRole): Caller {
  const named = (role: OperatorRole) => ({ operator: role as string as OperatorId, role }); // a name of ours
  return { actor: named(operator), approver: approvedBy === undefined ? null : named(approvedBy) };
}

export function newCommand(): CommandId {
  return randomUUID() as string as CommandId; // as a screen makes them
}

export function memberOrNull(world: World, name: string | undefined): MemberId | null {
  return name === undefined ? null : world.memberId(name);
}
