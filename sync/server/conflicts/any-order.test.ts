/** Verdicts leave no trace of the order of arrival: random histories full of conflicts, in the total order at once and in random parts. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CardCode, MemberId, StoreId } from '../../../base/ids.ts';
import { minor, points } from '../../../base/numbers.ts';
import type { Entry, EntryOf } from '../../../ledger/entry.ts';
import { byOrder } from '../../../ledger/order.ts';
import { MONDAY, POINTS, RULE, testTill, type Till } from '../../../ledger/testing/books.ts';
import { testServers } from '../testing/databases.ts';
import { openFoldBed, type FoldBed } from '../testing/fold-bed.ts';

const MEMBERS = ['ada', 'bob'] as readonly string[] as readonly MemberId[]; // names of the tests
const OPS = ['receipt', 'card', 'anonymous', 'attach', 'block', 'void', 'refund', 'sale'] as const;

type Step = {
  readonly till: number;
  readonly op: (typeof OPS)[number];
  readonly member: number;
  readonly pick: number;
};

const steps = fc.array(
  fc.record({
    till: fc.nat({ max: 2 }),
    op: fc.constantFrom(...OPS),
    member: fc.nat({ max: 1 }),
    pick: fc.nat({ max: 20 }),
  }),
  { minLength: 4, maxLength: 24 },
);

describe.each(testServers().slice(0, 1))('conflicts at head office on $title', (server) => {
  let bed: FoldBed;
  let count = 0;
  beforeAll(async () => {
    bed = await openFoldBed(server);
  });
  afterAll(() => bed.close());

  const outcome = async (space: string) => ({
    members: await bed.members(space),
    sales: await bed.sales(space),
    flags: (
      await bed.setting.database<{ text: string }[]>`
        select substr(inc, ${space.length + 1}) || ' ' || seq || ' ' || code as text from flag
        where starts_with(inc, ${space}) and code <> 'unknown-member'`
    )
      .map(({ text }) => text)
      .toSorted(),
  });

  it('come to the same, however their entries arrive', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.array(fc.nat({ max: 2 }), { maxLength: 12 }), async (history, arrivals) => {
        count += 1;
        const spaces = [`a${count}-`, `b${count}-`] as const;
        const [inOrder, inParts] = spaces.map((space) => historyOf(space, history));
        if (inOrder === undefined || inParts === undefined) return;
        for (const own of streamsOf(inOrder)) await bed.append(spaces[0], own);
        await bed.foldToEnd();
        const streams = streamsOf(inParts).map((own) => [...own]);
        for (const pick of arrivals) {
          const part = streams[pick]?.splice(0, 3) ?? [];
          await bed.append(spaces[1], part);
          await bed.foldToEnd();
        }
        for (const rest of streams.toReversed()) {
          await bed.append(spaces[1], rest);
          await bed.foldToEnd();
        }
        expect(await outcome(spaces[1])).toEqual(await outcome(spaces[0]));
      }),
      { numRuns: 6 },
    );
  }, 120_000);
});

function streamsOf(entries: readonly Entry[]): readonly Entry[][] {
  return [...Map.groupBy(entries.toSorted(byOrder), ({ till }) => till).values()];
}

/** Cards are named after the space, since a card is one card everywhere. */
function historyOf(space: string, history: readonly Step[]): Entry[] {
  let now = 1_000_000;
  const tills = [0, 1, 2].map((index) => testTill(`till${index}`, () => (now += 1_000)));
  const entries: Entry[] = [];
  const sales: EntryOf<'sale'>[] = [];
  const cardOf = (member: number): CardCode => `${space}card${member}` as CardCode; // a name of the tests
  const [first] = tills;
  if (first === undefined) return entries;
  for (const [index, member] of MEMBERS.entries()) {
    const body = { joined: MONDAY, cards: [cardOf(index)], commitment: null, referredBy: null, clubs: [] };
    entries.push(first.entry('enrol', body, { member }));
  }
  for (const step of history) {
    const till = tills[step.till];
    const made = till && play(till, step, { card: cardOf(step.member), sales });
    if (made === undefined) continue;
    entries.push(made);
    if (made.kind === 'sale') sales.push(made);
  }
  return entries;
}

function play(
  till: Till,
  { op, member: index, pick }: Step,
  { card, sales }: { card: CardCode; sales: readonly EntryOf<'sale'>[] },
): Entry | undefined {
  const member = MEMBERS[index] ?? null;
  const lines = [{ paid: minor(1_000) }];
  const about = sales[pick % Math.max(1, sales.length)];
  const sale = (of: MemberId | null, more: Partial<EntryOf<'sale'>['body']> = {}): EntryOf<'sale'> => {
    const made = till.sale({ member: of, lines, earned: of === null ? {} : { points: 10 + pick } });
    return { ...made, body: { ...made.body, ...more } };
  };
  switch (op) {
    case 'sale':
      return sale(member);
    case 'receipt':
      return sale(member, { reference: `r${pick % 2}`, register: '1' });
    case 'card':
      return sale(member, { card });
    case 'anonymous':
      return sale(null);
    case 'block':
      return till.entry('card', { action: 'block', card }, { member });
    case 'void':
      return about && till.void(about);
    case 'refund':
      return about && till.refund(about, { lost: about.member === null ? {} : { points: 5 } });
    case 'attach':
      return about && attach(till, about, member);
    default:
      return op satisfies never;
  }
}

function attach(till: Till, { body }: EntryOf<'sale'>, member: MemberId | null): Entry {
  const { sale, lines, context, due, channel, minute } = body;
  const earned = [{ rule: RULE, wallet: POINTS, amount: points(7) }];
  return till.entry(
    'attach',
    { sale, lines, context, due, channel, minute, earned, store: 'store' as StoreId, gifts: [], dropped: null }, // a name of the tests
    { member },
  );
}
