/** Whole histories of members, by every order of arrival: head office ends with what the pure fold says. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemberId, SaleId } from '../../../base/ids.ts';
import { accountsIn, type Entry } from '../../../ledger/entry.ts';
import { applyEntry } from '../../../ledger/fold/apply.ts';
import type { MemberState } from '../../../ledger/member-state.ts';
import { encodeSaleState } from '../../../ledger/sale-state-text.ts';
import { applyToSale, saleIn, type SaleState } from '../../../ledger/sale-state.ts';
import { encodeState } from '../../../ledger/state-text.ts';
import { allEntries, openWorld, play, turns } from '../../../ledger/testing/histories.ts';
import { EVERYTHING, everything, termsOf } from '../../../ledger/testing/programme.ts';
import { DOCUMENT } from '../../../loyalty/testing/build.ts';
import { publishProgramme } from '../admin/publish.ts';
import { testServers } from '../testing/databases.ts';
import { openFoldBed, type FoldBed } from '../testing/fold-bed.ts';
import { includesText } from './fold-accounts.ts';

const PROGRAMME = everything();
const TERMS = termsOf(PROGRAMME);
/** Beside each other in one database, so that one step of the fold has them all. */
const ARRIVALS = 20;
const ROUNDS = 5;
const HISTORIES = 12;

describe.each(testServers())('the fold of whole histories on $title', (server) => {
  let bed: FoldBed;
  let count = 0;

  beforeAll(async () => {
    bed = await openFoldBed(server);
    const published = await publishProgramme(bed.setting, JSON.stringify({ ...DOCUMENT, ...EVERYTHING }));
    expect(published.ok).toBe(true);
  });
  afterAll(() => bed.close());

  it('is what the entries say in the total order, however they arrive', { timeout: 300_000 }, async () => {
    const arrivals = fc.array(fc.array(fc.nat(2), { minLength: ROUNDS, maxLength: 40 }), {
      minLength: ARRIVALS,
      maxLength: ARRIVALS,
    });
    await fc.assert(
      fc.asyncProperty(turns(35), arrivals, async (history, orders) => {
        const world = openWorld(PROGRAMME);
        play(world, history);
        const entries = allEntries(world);
        count += 1;
        const spaces = orders.map((order, index) => ({ space: `h${count}a${index}-`, parts: partsOf(entries, order) }));
        for (let round = 0; round < ROUNDS; round += 1) {
          for (const { space, parts } of spaces) for (const part of parts[round] ?? []) await bed.append(space, part);
          await bed.foldToEnd();
        }
        const [members, sales] = [membersOf(entries), salesOf(entries)];
        for (const { space } of spaces) {
          expect(await bed.members(space)).toEqual(members);
          expect(await bed.sales(space)).toEqual(sales);
        }
      }),
      { numRuns: HISTORIES },
    );
  });
});

/** By round, what arrives of each stream in turn; the last has all that is left. */
function partsOf(entries: readonly Entry[], order: readonly number[]): Entry[][][] {
  const streams = [...Map.groupBy(entries, ({ inc }) => inc).values()].map((own) =>
    own.toSorted((left, right) => left.seq - right.seq),
  );
  const size = Math.ceil(order.length / ROUNDS);
  return Array.from({ length: ROUNDS }, (_, round) => {
    const picks = order.slice(round * size, (round + 1) * size);
    const parts = picks.flatMap((pick) => {
      const stream = streams[pick];
      return stream === undefined ? [] : [stream.splice(0, 1 + (picks.length % 3))];
    });
    return round === ROUNDS - 1 ? [...parts, ...streams.map((stream) => stream.splice(0))] : parts;
  });
}

function membersOf(entries: readonly Entry[]): Record<string, string> {
  const states = new Map<MemberId, MemberState>();
  const includes = new Map<MemberId, Record<string, number>>();
  for (const entry of entries) {
    const changed = applyEntry(states, entry, TERMS);
    for (const account of new Set([...accountsIn(entry), ...changed.keys()])) {
      const seen = includes.get(account) ?? {};
      includes.set(account, { ...seen, [entry.inc]: Math.max(seen[entry.inc] ?? 0, entry.seq) });
    }
    for (const [account, state] of changed) states.set(account, state);
  }
  return Object.fromEntries(
    [...includes].map(([account, seen]) => {
      const state = states.get(account);
      return [account, `${state === undefined ? '' : encodeState(state)} ${includesText(seen)}`];
    }),
  );
}

function salesOf(entries: readonly Entry[]): Record<string, string> {
  const sales = new Map<SaleId, { state: SaleState; includes: Record<string, number> }>();
  const before = new Map<SaleId, Record<string, number>>();
  for (const entry of entries) {
    const sale = saleIn(entry);
    if (sale === null) continue;
    const seen = { ...before.get(sale) };
    const includes = { ...seen, [entry.inc]: Math.max(seen[entry.inc] ?? 0, entry.seq) };
    before.set(sale, includes);
    const state = applyToSale(sales.get(sale)?.state, entry);
    if (state !== undefined) sales.set(sale, { state, includes });
  }
  return Object.fromEntries(
    [...sales].map(([sale, { state, includes }]) => [sale, `${encodeSaleState(state)} ${includesText(includes)}`]),
  );
}
