/** Sales of other tills in members.db, as the feed brought them: what a return, a late card or a claim needs at another till than the sale's. */
import type { HashHex, SaleId } from '../../base/ids.ts';
import { encodeSaleState } from '../../ledger/sale-state-text.ts';
import type { SaleState } from '../../ledger/sale-state.ts';
import type { SaleRow as FeedSaleRow } from '../../sync/protocol/feed.ts';
import { encodeIncludes } from './includes.ts';
import type { WritableDb } from './open-database.ts';

export type StoredSale = {
  readonly sale: SaleId;
  readonly epoch: string;
  readonly version: number;
  readonly includes: string;
  readonly state: string;
};

const COLUMNS = 'sale, epoch, version, includes, state';

export function saleTable(db: WritableDb) {
  const byId = db.prepare<[string], StoredSale>(`SELECT ${COLUMNS} FROM sale WHERE sale = ?`);
  const byReceipt = db.prepare<[string], StoredSale>(
    `SELECT ${COLUMNS} FROM sale WHERE receipt = ? ORDER BY date DESC, sale DESC LIMIT 1`,
  );
  const byClaim = db.prepare<[string], StoredSale>(`SELECT ${COLUMNS} FROM sale WHERE claim = ?`);
  const put = db.prepare(`INSERT INTO sale (sale, epoch, version, receipt, claim, date, includes, state)
    VALUES (:sale, :epoch, :version, :receipt, :claim, :date, :includes, :state)
    ON CONFLICT (sale) DO UPDATE SET epoch = excluded.epoch, version = excluded.version, receipt = excluded.receipt,
    claim = coalesce(excluded.claim, sale.claim), date = excluded.date, includes = excluded.includes, state = excluded.state
    WHERE sale.epoch <> excluded.epoch OR sale.version < excluded.version`);
  const dropOldEpoch = db.prepare('DELETE FROM sale WHERE epoch <> ?');
  return {
    find: (sale: SaleId): StoredSale | undefined => byId.get(sale),
    findByReceipt: (receipt: string): StoredSale | undefined => byReceipt.get(receipt),
    findByClaim: (code: HashHex): StoredSale | undefined => byClaim.get(code),
    /** Inside `transactMembers`. Keeps the newer of both within an epoch; true where the row changed. */
    put: (row: FeedSaleRow, epoch: string): boolean => put.run(saleColumns(row, epoch)).changes === 1,
    /** Once all of a new epoch is here, what it does not know is gone. */
    dropOtherEpochs: (epoch: string): void => {
      dropOldEpoch.run(epoch);
    },
  };
}

export function parseSaleState(text: string): SaleState {
  return JSON.parse(text) as SaleState; // parsed by its schema when the feed brought it
}

function saleColumns({ sale, version, state, includes }: FeedSaleRow, epoch: string): Record<string, unknown> {
  return {
    sale,
    epoch,
    version,
    receipt: state.receipt,
    claim: state.unclaimed?.code ?? null,
    date: state.record.date,
    includes: encodeIncludes(includes),
    state: encodeSaleState(state),
  };
}
