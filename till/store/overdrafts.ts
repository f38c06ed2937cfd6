/** What was spent without a line beyond the allowance, under the tolerant policy. It follows from the entries; `settled` is a note beside it. */
import type { IncarnationId, MemberId, WalletId } from '../../base/ids.ts';
import type { OpaqueEntry } from '../../ledger/entry.ts';
import type { ReadableDb, WritableDb } from './open-database.ts';

export type OverdraftRow = {
  readonly inc: IncarnationId;
  readonly seq: number;
  readonly account: MemberId;
  readonly wallet: WalletId;
  readonly amount: number;
};

/** Inside the entry's transaction. */
export function overdraftWrites(db: WritableDb): (entry: Pick<OpaqueEntry, 'inc' | 'seq' | 'allowances'>) => void {
  const add = db.prepare(
    `INSERT INTO overdraft (inc, seq, account, wallet, amount) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (inc, seq, account, wallet) DO UPDATE SET amount = amount + excluded.amount`,
  );
  return ({ inc, seq, allowances }) => {
    for (const { account, wallet, amount } of allowances?.overdraft ?? []) add.run(inc, seq, account, wallet, amount);
  };
}

const COLUMNS = 'inc, seq, account, wallet, amount';

export function overdraftTable(db: WritableDb) {
  const open = db.prepare<[], OverdraftRow>(
    `SELECT ${COLUMNS} FROM overdraft WHERE settled = 0 ORDER BY inc, seq, account, wallet`,
  );
  const settle = db.prepare('UPDATE overdraft SET settled = 1 WHERE inc = ? AND seq = ?');
  return {
    /** Those that head office's rows do not show yet, of all incarnations. */
    open: (): OverdraftRow[] => open.all(),
    settle: ({ inc, seq }: Pick<OverdraftRow, 'inc' | 'seq'>): void => {
      settle.run(inc, seq);
    },
  };
}

/** All rows in a fixed order, for `verify`. */
export function readOverdrafts(db: ReadableDb): OverdraftRow[] {
  return db.prepare<[], OverdraftRow>(`SELECT ${COLUMNS} FROM overdraft ORDER BY inc, seq, account, wallet`).all();
}
