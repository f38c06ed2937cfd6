/** Plays the steps of a schedule. What cannot be done as things stand does nothing. */
import type { MemberId, OperatorId, WalletId } from '../../base/ids.ts';
import { FIVER_POINTS, COFFEE } from './programmes.ts';
import type { Step } from './steps.ts';
import { imageOf, kill, killAfter, putImage, type SimulatedTill } from './till.ts';
import {
  ask,
  attempt,
  boot,
  callerOf,
  CLONES_MAX,
  enrolAgain,
  look,
  newCommandId,
  nth,
  type Stage,
  sync,
  type World,
} from './world.ts';

/** Between two steps; what tills do by themselves goes on meanwhile. */
const STEP_MS = 400;
const DAY_MS = 86_400_000;
const POINTS = 'points' as WalletId; // of the programmes here

export async function play(world: World, stage: Stage, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    await playStep(world, stage, step);
    await world.time.advance(STEP_MS);
  }
}

async function playStep(world: World, stage: Stage, step: Step): Promise<void> {
  const { time, office } = world;
  const till = 'till' in step ? tillAt(world, step.till) : undefined;
  switch (step.do) {
    case 'sale':
      return till && (await sell(world, till, step));
    case 'refund':
    case 'void': {
      const known = newest(world.sales, step.sale);
      if (till === undefined || known === undefined) return;
      const what = step.do === 'refund' && step.part ? { lines: [{ line: 0, quantity: '1' }] } : { all: true };
      const input = step.do === 'void' ? {} : { what };
      await ask(world, till, `sale.${step.do}`, { command: newCommandId(), sale: known.sale, ...input }, MANAGER);
      return;
    }
    case 'adjust': {
      const member = nth(world.members, step.member);
      const input = { command: newCommandId(), member, wallet: POINTS, amount: step.amount, reason: 'simulated' };
      return till && void (await ask(world, till, 'member.adjust', input, MANAGER));
    }
    case 'transfer': {
      const [from, to] = [nth(world.members, step.from), nth(world.members, step.to)];
      const input = { command: newCommandId(), from, to, wallet: POINTS, amount: step.amount };
      return till && void (await ask(world, till, 'member.transfer', input, CASHIER));
    }
    case 'attach': {
      const known = newest(world.sales, step.sale);
      const input = { command: newCommandId(), sale: known?.sale, member: nth(world.members, step.member) };
      return known && till && void (await ask(world, till, 'sale.attach', input, CASHIER));
    }
    case 'claim': {
      const code = newest(world.codes, step.code);
      const input = { command: newCommandId(), code, member: nth(world.members, step.member) };
      return code === undefined || till === undefined
        ? undefined
        : void (await ask(world, till, 'sale.claim', input, CASHIER));
    }
    case 'repeat':
      return await repeat(world, step.command);
    case 'cable': {
      if (till === undefined) return;
      till.online = step.in;
      till.engine?.link.setOnline(step.in);
      return;
    }
    case 'sync':
      return till && void (await sync(world, till));
    case 'wait':
      return await time.advance(step.ms);
    case 'days':
      return await time.leap(step.days * DAY_MS);
    case 'merge':
    case 'unmerge': {
      const [from, into] = [nth(world.members, step.from), nth(world.members, step.into)];
      if (from === undefined || into === undefined || from === into) return;
      const done = await attempt(world, () => office[step.do]({ from, into }));
      await look(world);
      return world.note(`${step.do} ${done === true ? 'ok' : 'not'}`);
    }
    case 'office-adjust': {
      const member = nth(world.members, step.member);
      if (member === undefined || step.amount === 0) return;
      const change = {
        member,
        wallet: POINTS,
        amount: step.amount,
        reason: 'simulated',
        operator: 'office' as OperatorId,
      }; // a name
      const done = await attempt(world, () => office.adjust(change));
      await look(world);
      return world.note(`office-adjust ${done === true ? 'ok' : 'not'}`);
    }
    default:
      return await breakThings(world, stage, step);
  }
}

type Breaking = Exclude<
  Step,
  {
    do:
      | 'sale'
      | 'refund'
      | 'void'
      | 'adjust'
      | 'transfer'
      | 'attach'
      | 'claim'
      | 'repeat'
      | 'cable'
      | 'sync'
      | 'wait'
      | 'days'
      | 'merge'
      | 'unmerge'
      | 'office-adjust';
  }
>;

async function breakThings(world: World, stage: Stage, step: Breaking): Promise<void> {
  const { time, office } = world;
  const till = 'till' in step ? tillAt(world, step.till) : undefined;
  switch (step.do) {
    case 'trouble':
      if (till !== undefined) till.trouble = step.percent;
      return;
    case 'crash':
      if (till === undefined) return;
      if (step.commits === 0) kill(till, time);
      else killAfter(till, step.commits, time);
      return;
    case 'backup':
      if (till !== undefined) world.backups.set(till.slot, imageOf(till));
      return;
    case 'restore':
      return till && restoreTill(world, till);
    case 'clone':
      return till && clone(world, stage, till);
    case 'clock':
      if (till === undefined) return;
      till.offset = step.minutes * 60_000;
      till.drift = step.drift;
      return;
    case 'office-crash':
      return office.crashAfter(step.commits);
    case 'enrol-again':
      return till && void (await enrolAgain(world, till));
    case 'fence':
      return till && (await office.fence(till.id));
    case 'office-backup':
    case 'office-restore':
    case 'write-off':
      return; // until head office knows them
    default:
      return step satisfies never;
  }
}

const MANAGER = callerOf('manager');
const CASHIER = callerOf('cashier');

function tillAt(world: World, number: number): SimulatedTill | undefined {
  const till = nth(world.tills, number);
  if (till?.died === true) boot(world, till);
  return till;
}

/** The newest first. */
function newest<Item>(items: readonly Item[], back: number): Item | undefined {
  return items.at(-1 - (items.length === 0 ? 0 : back % items.length));
}

async function sell(world: World, till: SimulatedTill, step: Extract<Step, { do: 'sale' }>): Promise<void> {
  const anonymous = step.price % 700 === 0;
  const member = anonymous ? null : (nth(world.members, step.member) ?? null);
  const caller = step.manager ? MANAGER : CASHIER;
  const coffee = { sku: COFFEE, quantity: String(step.coffees), unitPrice: 250 };
  const lines = [{ sku: 'BEANS', quantity: '1', unitPrice: step.price }, ...(step.coffees > 0 ? [coffee] : [])];
  const redeem = member === null ? [] : redeemOf(till, member, step.spend);
  const basket = { member, lines, redeem };
  // As a screen does: what the quote brings here, the commit finds.
  if (redeem.length > 0) await ask(world, till, 'sale.quote', basket, caller);
  const sold = await ask(
    world,
    till,
    'sale.commit',
    { ...basket, command: newCommandId(), reference: null, expectedDue: null },
    caller,
  );
  const plain = sold === undefined && redeem.length > 0 ? { ...basket, redeem: [] } : undefined;
  const instead =
    plain &&
    (await ask(
      world,
      till,
      'sale.commit',
      { ...plain, command: newCommandId(), reference: null, expectedDue: null },
      caller,
    ));
  const made = sold ?? instead;
  if (made === undefined) return;
  world.sales.push({ sale: String(made['sale']), till: till.slot });
  if (typeof made['claimCode'] === 'string') world.codes.push(made['claimCode']);
}

function redeemOf(
  till: SimulatedTill,
  member: MemberId,
  spend: Extract<Step, { do: 'sale' }>['spend'],
): { reward: string; points?: number }[] {
  switch (spend) {
    case 'none':
      return [];
    case 'fiver':
      return [{ reward: 'fiver' }];
    case 'two':
      return [{ reward: 'fiver' }, { reward: 'fiver' }];
    case 'coffee':
      return [{ reward: 'coffee' }];
    case 'all':
      return [{ reward: 'pay', points: Math.max(FIVER_POINTS, shownPoints(till, member)) }];
    default:
      return spend satisfies never;
  }
}

function shownPoints(till: SimulatedTill, member: MemberId): number {
  const state = till.engine?.parts.members.stateOf(member);
  return (state?.wallets[POINTS]?.lots ?? []).reduce((sum, { amount }) => sum + amount, 0);
}

/** The same command again gives the same answer, and no second entry. */
async function repeat(world: World, back: number): Promise<void> {
  const command = newest(world.commands, back);
  if (command === undefined || !world.tills.includes(command.till)) return;
  const { till, name, input, caller, answer } = command;
  const confirmed = world.confirmed.size;
  const again = await ask(world, till, name, input as object, caller); // was one
  if (again === undefined) return;
  world.commands.pop();
  const differs = name.startsWith('sale.') ? again['sale'] !== JSON.parse(answer).sale : false;
  if (differs || world.confirmed.size !== confirmed)
    world.problems.push({ of: 'duplicated', what: `${name} again at ${till.id} was done again` });
}

/** What only this disk held is gone; nobody can bring it back. */
function restoreTill(world: World, till: SimulatedTill): void {
  const image = world.backups.get(till.slot);
  if (image === undefined) return;
  kill(till, world.time);
  putImage(till, image);
  boot(world, till);
  noteBound(world, till);
  world.commands = world.commands.filter((command) => command.till !== till);
  const kept = new Set(entryIds(till));
  for (const [id, on] of world.confirmed) {
    const elsewhere =
      world.office.tables.byId.has(id) || world.tills.some((other) => other !== till && entryIds(other).includes(id));
    if (on === till && !kept.has(id) && !elsewhere) world.confirmed.delete(id);
  }
}

export function entryIds(till: SimulatedTill): string[] {
  const { store } = till.engine?.parts ?? {};
  return (store?.streams.all() ?? []).flatMap(({ inc }) =>
    (store?.entries.from(inc, 1, 10_000) ?? []).map(({ bytes }) => String(JSON.parse(bytes.toString('utf8')).id)),
  );
}

/** Another machine on a copy of the disk, beside it. */
function clone(world: World, stage: Stage, till: SimulatedTill): void {
  const copy = stage.spare[world.clones];
  if (world.clones >= CLONES_MAX || copy === undefined || copy === till) return;
  world.clones += 1;
  const image = imageOf(till);
  Object.assign(copy, { id: till.id, online: true, trouble: 0, offset: till.offset, drift: till.drift });
  putImage(copy, image);
  world.tills.push(copy);
  boot(world, copy);
  noteBound(world, copy);
}

/** The same may be spent here and there, until the copy is found. */
function noteBound({ cloneBound }: World, { engine }: SimulatedTill): void {
  const inc = engine?.parts.store.streams.current()?.inc;
  if (engine === undefined || inc === undefined) return;
  for (const { account, wallet, left } of engine.parts.store.allowances.allHeld(inc)) {
    const name = `${account} ${wallet}`;
    cloneBound.set(name, (cloneBound.get(name) ?? 0) + left);
  }
}
