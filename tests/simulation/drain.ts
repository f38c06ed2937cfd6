/** The end of a schedule: all cables are in, clocks are right, nothing is lost any more, people do what screens ask them to; then all is exchanged. */
import { kill, type SimulatedTill } from './till.ts';
import { boot, enrolAgain, fold, sync, type World } from './world.ts';

const ROUNDS_MAX = 12;
const LATE_MS = 120_000;

export async function drain(world: World): Promise<void> {
  world.office.crashAfter(null);
  for (const till of world.tills) {
    if (till.engine === undefined) boot(world, till);
    Object.assign(till, { online: true, trouble: 0, offset: 0, drift: 0 });
    till.engine?.link.setOnline(true);
  }
  await world.time.advance(LATE_MS); // what is late arrives
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    let quiet = true;
    for (const till of world.tills) {
      if (hasToEnrol(till)) {
        quiet = false;
        await enrolAgain(world, till);
      }
      const synced = await sync(world, till);
      quiet &&= synced;
    }
    await fold(world);
    if (quiet && world.tills.every((till) => isUpToDate(world, till))) return;
  }
  for (const till of world.tills)
    if (!isUpToDate(world, till)) world.problems.push({ of: 'stuck', what: `${till.slot}: ${whyNot(world, till)}` });
}

function hasToEnrol({ engine }: SimulatedTill): boolean {
  const stream = engine?.parts.store.streams.current();
  return stream !== undefined && stream.redemptionStop !== null;
}

function isUpToDate(world: World, till: SimulatedTill): boolean {
  return whyNot(world, till) === '';
}

function whyNot({ office }: World, till: SimulatedTill): string {
  const parts = till.engine?.parts;
  if (parts === undefined) return 'is not there';
  if (hasToEnrol(till)) return 'has to enrol';
  const waiting = parts.store.streams
    .all()
    .filter(({ inc, acknowledgedSeq }) => (parts.store.entries.last(inc)?.seq ?? 0) > acknowledgedSeq);
  if (waiting.length > 0) return `${waiting.length} streams wait, ${JSON.stringify(till.engine?.link.connection())}`;
  const { position } = parts.store.members.cursor();
  const newest = office.tables.counters.get('feed') ?? 0;
  return position < newest ? `is at ${position} of ${newest}, ${JSON.stringify(till.engine?.link.connection())}` : '';
}

export function stopAll(world: World): void {
  for (const till of world.tills) kill(till, world.time);
}
