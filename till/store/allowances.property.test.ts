import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusinessDate } from '../../base/business-date.ts';
import type { HashHex, IncarnationId, MemberId, WalletId } from '../../base/ids.ts';
import { points } from '../../base/numbers.ts';
import { type AllowancePart, type EntryAllowances, partText } from '../../ledger/allowances/part.ts';
import { burn, coverSpend } from '../../ledger/allowances/spend.ts';
import type { SignedGrant } from '../../ledger/allowances/grant-text.ts';
import { MIGRATIONS } from '../testing/test-till.ts';
import { allowanceTable, readAllowances } from './allowances.ts';
import { migrate, readMigrations } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { projections } from './projections.ts';

const INC = 'inc' as IncarnationId;
const WALLET = 'points' as WalletId;
const ACCOUNTS = ['ann', 'ben'] as MemberId[];
const ENDS = [null, '2026-03-10', '2026-06-01'] as (BusinessDate | null)[];
const DATES = ['2026-03-02', '2026-03-10', '2026-07-01'] as BusinessDate[];
const migrations = readMigrations(path.join(MIGRATIONS, 'till', 'ledger'));

function ledger() {
  const db = openDatabase(':memory:', 'NORMAL');
  if (!migrate(db, migrations).ok) throw new Error('not migrated');
  return { db, table: allowanceTable(db), count: projections(db).applyOpaque };
}

const part = fc.record({
  account: fc.constantFrom(...ACCOUNTS),
  end: fc.constantFrom(...ENDS),
  amount: fc.integer({ min: 1, max: 50 }),
});
const step = fc.oneof(
  fc.record({ kind: fc.constant('grant' as const), part }),
  fc.record({ kind: fc.constant('own' as const), part }),
  fc.record({
    kind: fc.constantFrom('spend' as const, 'burn' as const, 'return' as const),
    part,
    date: fc.constantFrom(...DATES),
  }),
);

/** As head office signs them, the signature aside. */
function grantOf({ account, end, amount }: Omit<AllowancePart, 'wallet'>): SignedGrant {
  const at = { seq: 0, head: '0'.repeat(64) as HashHex };
  return { inc: INC, epoch: 'e1', account, wallet: WALLET, end, granted: amount, at, signature: 's' };
}

describe('the allowance table', () => {
  it('never has more spent and returned of a part than granted and own, and follows from grants and entries (E1, E3)', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { db, table, count } = ledger();
        const [entries, grants]: [EntryAllowances[], SignedGrant[]] = [[], []];
        const write = (allowances: EntryAllowances): void => {
          entries.push(allowances);
          count({ inc: INC, seq: entries.length, allowances });
        };
        for (const one of steps) {
          const { account, end } = one.part;
          const amount = points(one.part.amount);
          if (one.kind === 'grant') {
            const grant = grantOf({ account, end, amount });
            grants.push(grant);
            table.addGrant(grant);
            continue;
          }
          if (one.kind === 'own') {
            write({ own: [{ account, wallet: WALLET, end, amount }] });
            continue;
          }
          const held = table.heldOf(INC, account);
          if (one.kind === 'spend') write({ spent: coverSpend(held, amount, one.date).parts });
          else if (one.kind === 'burn') write({ spent: burn(held, amount) });
          else write({ returned: table.endedOn(INC, one.date).map(({ left, ...key }) => ({ ...key, amount: left })) });
        }
        const { counters } = readAllowances(db);
        for (const { granted, own, spent, returned } of counters)
          expect(spent + returned).toBeLessThanOrEqual(granted + own);

        const again = ledger();
        for (const grant of grants.toReversed()) for (const _twice of [1, 2]) again.table.addGrant(grant);
        for (const [index, allowances] of entries.entries()) again.count({ inc: INC, seq: index + 1, allowances });
        expect(readAllowances(again.db).counters).toEqual(counters);
        db.close();
        again.db.close();
      }),
      { numRuns: 60 },
    );
  });

  it('spends what ends first before the rest, and nothing that has ended', () => {
    const { table, count } = ledger();
    for (const end of ENDS) table.addGrant(grantOf({ account: 'ann' as MemberId, end, amount: points(10) }));
    const spend = (amount: number, date: string) => {
      const { parts, short } = coverSpend(table.heldOf(INC, 'ann' as MemberId), points(amount), date as BusinessDate);
      count({ inc: INC, seq: 1, allowances: { spent: parts } });
      return [...parts.map(({ end, amount: units }) => [end, units]), short];
    };
    expect(spend(12, '2026-03-09')).toEqual([['2026-03-10', 10], ['2026-06-01', 2], 0]);
    expect(spend(30, '2026-06-01')).toEqual([[null, 10], 20]);
    expect(table.endedOn(INC, '2026-06-01' as BusinessDate).map((held) => [partText(held), held.left])).toEqual([
      [partText({ account: 'ann' as MemberId, wallet: WALLET, end: '2026-06-01' as BusinessDate }), 8],
    ]);
  });
});
