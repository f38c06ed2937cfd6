/** What each step of a scenario does to the world, through the same use cases that the screen and the POS API call. */
import { randomUUID } from 'node:crypto';
import type { CommandId, MemberId, OperatorId, SaleId } from '../../base/ids.ts';
import { failed, ok, type Refusal, type Result } from '../../base/result.ts';
import type { OperatorRole } from '../../loyalty/roles.ts';
import { commitSale } from '../../till/app/commit-sale.ts';
import type { Caller } from '../../till/app/context.ts';
import type { EngineParts } from '../../till/app/engine.ts';
import { enrolMember } from '../../till/app/enrol-member.ts';
import { cardHolder, showMember } from '../../till/app/find-members.ts';
import { momentNow } from '../../till/app/moment.ts';
import { priceSale, quoteView } from '../../till/app/quote-sale.ts';
import { voidSale } from '../../till/app/void-sale.ts';
import type { Basket, Quote } from '../../till/contract/shapes.ts';
import type { Actual } from './outcome.ts';
import type { Step, StepOf } from './scenario-format.ts';
import { problemsOf, ScenarioCannotRun, type ScenarioTill, type World } from './world.ts';

/** What a step did; `wrong` names what no expectation asks for and must hold all the same. */
export type Done = { readonly actual: Actual; readonly wrong: readonly string[] };

export async function playStep(world: World, step: Step): Promise<Done> {
  if ('at' in step && step.at !== undefined) world.setTime(Date.parse(step.at));
  switch (step.do) {
    case 'sale':
      return playSale(world, step);
    case 'void':
      return playVoid(world, step);
    case 'enrol':
      return playEnrol(world, step);
    case 'publish':
      return playPublish(world, step);
    case 'offline':
    case 'online':
      for (const name of step.tills) setOnline(world, name, step.do === 'online');
      return nothing();
    case 'sync':
      await world.sync(step.tills ?? world.tills.keys());
      return nothing();
    case 'advance':
      world.setTime(Date.parse(`${step.to}T12:00:00Z`)); // nothing that is built falls due by a date alone
      return nothing();
    case 'expect':
      return playExpect(world, step);
    case 'refund':
    case 'adjust':
    case 'transfer':
    case 'card':
    case 'claim':
    case 'attach':
    case 'merge':
    case 'club':
      throw new ScenarioCannotRun(`The step ${step.do} is not built yet.`);
    default:
      return step satisfies never;
  }
}

function nothing(): Done {
  return { actual: {}, wrong: [] };
}

function tillOf(world: World, name: string | undefined): ScenarioTill & { readonly name: string } {
  const [first = ''] = world.tills.keys();
  const till = world.tills.get(name ?? first);
  if (till === undefined) throw new ScenarioCannotRun(`There is no till ${name ?? ''} in this scenario.`);
  return { ...till, name: name ?? first };
}

function setOnline(world: World, name: string, online: boolean): void {
  const till = world.tills.get(name);
  if (till === undefined) throw new ScenarioCannotRun(`There is no till ${name} in this scenario.`);
  till.online = online;
  till.engine.link.setOnline(online);
}

function callerOf(operator: OperatorRole = 'cashier', approvedBy?: OperatorRole): Caller {
  const named = (role: OperatorRole) => ({ operator: role as string as OperatorId, role }); // roles are the scenario's operators
  return { actor: named(operator), approver: approvedBy === undefined ? null : named(approvedBy) };
}

/** Names of the scenario lead to ids; a name that none has is passed on, and nobody knows it. */
function memberId(world: World, name: string): MemberId {
  return world.members.get(name) ?? (name as MemberId); // not the id of anyone
}

/** Runs a command and holds it to the rule that a refusal changes nothing. */
function attempt<Value>(
  parts: EngineParts,
  command: () => Result<Value, Refusal>,
): { result: Result<Value, Refusal>; wrong: string[] } {
  const before = parts.writer.last()?.seq ?? 0;
  const result = command();
  const after = parts.writer.last()?.seq ?? 0;
  const written = after - before;
  const expected = result.ok ? 1 : 0;
  return {
    result,
    wrong: written === expected ? [] : [`the ledger: expected ${expected} new entries, got ${written}`],
  };
}

function playSale(world: World, step: StepOf<'sale'>): Done {
  if (step.partner !== undefined) throw new ScenarioCannotRun('Partner numbers are not built yet.');
  if (world.sales.has(step.id)) return refusedAs('invalid-request');
  const { engine, name } = tillOf(world, step.till);
  const { parts } = engine;
  const caller = callerOf(step.operator, step.approvedBy);
  const basket = basketOf(world, parts, step);
  if (!basket.ok) return refusedAs(basket.error.code);
  const quoted = priceSale(parts, basket.value, caller, momentNow(parts, parts.writer.last()));
  const { result, wrong } = attempt(parts, () =>
    commitSale(parts, caller, {
      ...basket.value,
      command: newCommand(),
      reference: step.id,
      expectedDue: null,
      print: false,
    }),
  );
  const promised = quoted.ok ? promiseOf(quoteView(quoted.value)) : undefined;
  if (!result.ok) {
    const broken = promised === undefined ? [] : ['the quote: it promised a sale that the commit refused'];
    return { actual: { refused: result.error.code }, wrong: [...wrong, ...broken] };
  }
  const { sale, member, earned, spent, discount, due } = result.value;
  const kept = JSON.stringify(promised) === JSON.stringify(promiseOf(result.value));
  const broken = kept ? [] : ['the quote: it promised something else than the commit did'];
  world.sales.set(step.id, { sale, till: name });
  const sold = { earned: mapOf(earned), spent: mapOf(spent), discount, due };
  return { actual: { ...sold, ...balanceAt(parts, member) }, wrong: [...wrong, ...broken] };
}

function basketOf(
  world: World,
  parts: EngineParts,
  step: StepOf<'sale'>,
): Result<Basket & { channel: 'store' | 'online' }, Refusal> {
  const rest = { lines: step.lines, redeem: step.redeem ?? [], channel: step.channel ?? 'store' } as const;
  if (step.card === undefined)
    return ok({ ...rest, member: step.member === undefined ? null : memberId(world, step.member) });
  const holder = cardHolder(parts, step.card);
  return holder.ok ? ok({ ...rest, member: holder.value.member }) : failed(holder.error);
}

function playVoid(world: World, step: StepOf<'void'>): Done {
  const { engine } = tillOf(world, step.till ?? world.sales.get(step.sale)?.till);
  const { parts } = engine;
  const sale = world.sales.get(step.sale)?.sale ?? (step.sale as SaleId); // not the id of any sale
  const { result, wrong } = attempt(parts, () =>
    voidSale(parts, callerOf(step.operator), { command: newCommand(), sale, print: false }),
  );
  if (!result.ok) return { actual: { refused: result.error.code }, wrong };
  const { money, returned, takenBack } = result.value;
  const member = parts.store.projections.sale(sale) === undefined ? null : memberOfSale(parts, sale);
  return {
    actual: { money, returned: mapOf(returned), takenBack: mapOf(takenBack), ...balanceAt(parts, member) },
    wrong,
  };
}

function memberOfSale(parts: EngineParts, sale: SaleId): MemberId | null {
  const row = parts.store.projections.sale(sale);
  const stored = row && parts.store.entries.at(row.inc, row.seq);
  if (stored === undefined) return null;
  return (JSON.parse(stored.bytes.toString('utf8')) as { member: MemberId | null }).member; // an entry of this till
}

function playEnrol(world: World, step: StepOf<'enrol'>): Done {
  const { member } = step;
  if (member.referredBy !== undefined) throw new ScenarioCannotRun('Referral is not built yet.');
  if ((member.segments ?? member.clubs ?? []).length > 0)
    throw new ScenarioCannotRun('Segments and clubs at a till are not built yet.');
  if (member.card === undefined) throw new ScenarioCannotRun('Enrolment without a card is not built yet.');
  if (world.members.has(member.id)) return refusedAs('invalid-request');
  const { parts } = tillOf(world, step.till).engine;
  const { card, phone = null, email = null, birthday = null } = member;
  const { result, wrong } = attempt(parts, () =>
    enrolMember(parts, callerOf(step.operator), {
      command: newCommand(),
      card,
      firstName: null,
      phone,
      email,
      birthday,
    }),
  );
  if (!result.ok) return { actual: { refused: result.error.code }, wrong };
  world.members.set(member.id, result.value.member);
  return { actual: {}, wrong };
}

async function playPublish(world: World, step: StepOf<'publish'>): Promise<Done> {
  const published = await world.headOffice.admin.publishProgramme(JSON.stringify(step.programme));
  if (published.ok) return nothing();
  if (published.error.code === 'not-built') throw new ScenarioCannotRun(problemsOf(published.error));
  return refusedAs('invalid-request');
}

async function playExpect(world: World, step: StepOf<'expect'>): Promise<Done> {
  const unbuilt = (['tier', 'lifetime', 'badges', 'memberships', 'overdraft'] as const).find(
    (field) => step[field] !== undefined,
  );
  if (unbuilt !== undefined) throw new ScenarioCannotRun(`The expectation ${unbuilt} is not built yet.`);
  const member = memberId(world, step.member);
  const places = step.on === 'all' ? [...world.tills.keys(), 'head-office'] : [step.on];
  const views: { readonly place: string; readonly actual: Actual }[] = [];
  for (const place of places) views.push({ place, actual: await viewAt(world, place, member) });
  const [first] = views;
  const wrong = views
    .filter(({ actual }) => JSON.stringify(actual) !== JSON.stringify(first?.actual))
    .map(
      ({ place, actual }) =>
        `${place} has ${JSON.stringify(actual)}, ${first?.place ?? ''} has ${JSON.stringify(first?.actual)}`,
    );
  return { actual: first?.actual ?? {}, wrong };
}

async function viewAt(world: World, place: string, member: MemberId): Promise<Actual> {
  if (place !== 'head-office') return balanceAt(tillOf(world, place).engine.parts, member);
  const view = await world.headOffice.admin.memberView(member);
  if (view === undefined) return { refused: 'unknown-member' };
  const held = withoutZeros(Object.entries(view.balances));
  const spendable = withoutZeros(
    Object.entries(view.balances).map(([wallet, balance]) => [wallet, Math.max(0, balance)]),
  );
  return { balance: held, spendable };
}

function balanceAt(parts: EngineParts, member: MemberId | null): Pick<Actual, 'balance' | 'spendable' | 'refused'> {
  if (member === null) return {};
  const shown = showMember(parts, member);
  if (!shown.ok) return { refused: shown.error.code };
  const { balances } = shown.value;
  return {
    balance: withoutZeros(balances.map(({ wallet, balance }) => [wallet, balance])),
    spendable: withoutZeros(balances.map(({ wallet, spendable }) => [wallet, spendable])),
  };
}

/** A wallet without an amount counts 0, so that replicas that know of a wallet and those that do not agree. */
function withoutZeros(amounts: readonly (readonly [string, number])[]): Record<string, number> {
  return Object.fromEntries(amounts.filter(([, amount]) => amount !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function mapOf(amounts: readonly { readonly wallet: string; readonly amount: number }[]): Record<string, number> {
  return withoutZeros(amounts.map(({ wallet, amount }) => [wallet, amount]));
}

/** What a quote and its commit must agree on, to the letter. */
function promiseOf({ lines, list, discount, due, tax, redeemed, earned, spent, balanceAfter }: Omit<Quote, 'rewards'>) {
  return { lines, list, discount, due, tax, redeemed, earned, spent, balanceAfter };
}

function refusedAs(code: string): Done {
  return { actual: { refused: code }, wrong: [] };
}

function newCommand(): CommandId {
  return randomUUID() as string as CommandId; // as a screen makes them
}
