/** What replicas say of a member on the business date of `at`. */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { MemberId } from '../../../base/ids.ts';
import { type Done, tillOf } from '../attempt.ts';
import { type ReplicaView, viewAtHeadOffice, viewAtTill } from '../replica-view.ts';
import type { Actual } from '../outcome.ts';
import type { StepOf } from '../scenario-format.ts';
import type { World } from '../world.ts';

const HEAD_OFFICE = 'head-office';

export async function playExpect(world: World, step: StepOf<'expect'>): Promise<Done> {
  const [member, date] = [world.memberId(step.member), world.dateOf(Date.parse(step.at))];
  const places = step.on === 'all' ? [HEAD_OFFICE, ...world.tills.keys()] : [step.on];
  const views: { readonly place: string; readonly actual: Actual }[] = [];
  for (const place of places) {
    const view = await viewAt(world, place, member, date);
    views.push({ place, actual: view ?? { refused: 'unknown-member' } });
  }
  const [first] = views;
  return { actual: first?.actual ?? {}, wrong: views.slice(1).flatMap((view) => disagreements(first, view)) };
}

type Named = { readonly place: string; readonly actual: Actual };

function disagreements(first: Named | undefined, { place, actual }: Named): string[] {
  if (first === undefined || JSON.stringify(actual) === JSON.stringify(first.actual)) return [];
  return [`${place} has ${JSON.stringify(actual)}, ${first.place} has ${JSON.stringify(first.actual)}`];
}

async function viewAt(
  world: World,
  place: string,
  member: MemberId,
  date: BusinessDate,
): Promise<ReplicaView | undefined> {
  if (place !== HEAD_OFFICE) return viewAtTill(tillOf(world, place).engine.parts, member, date);
  const view = await world.headOffice.admin.memberView(member, date);
  return view && viewAtHeadOffice(view);
}
