/**
 * What follows from the entries in ledger.db: balances of the books, sales, cards. One function applies an entry, at the sale and at a
 * replay, so that dropped and replayed they are the same rows.
 */
import { assert, present } from '../../base/assert.ts';
import type { CardCode, IncarnationId, MemberId, SaleId } from '../../base/ids.ts';
import type { Entry } from '../../ledger/entry.ts';
import type { ReadableDb, WritableDb } from './open-database.ts';

export type SaleRow = {
  readonly sale: SaleId;
  readonly inc: IncarnationId;
  readonly seq: number;
  readonly receipt: string;
  /** Running number of the receipt at this till. */
  readonly number: number;
  readonly reference: string | null;
  /** Seq of the void, in the same incarnation. */
  readonly voidedBy: number | null;
};

export type BalanceRow = { readonly account: string; readonly wallet: string; readonly balance: number };
export type OwnCardRow = {
  readonly code: CardCode;
  readonly member: MemberId;
  readonly inc: IncarnationId;
  readonly seq: number;
};

const SALE_COLUMNS =
  'sale.sale, sale.inc, sale.seq, sale.receipt, sale.number, sale.reference, sale.voided_by AS voidedBy';

export function projections(db: WritableDb) {
  const post = db.prepare(
    `INSERT INTO account_balance (account, wallet, balance) VALUES (?, ?, ?)
     ON CONFLICT (account, wallet) DO UPDATE SET balance = balance + excluded.balance`,
  );
  const addSale = db.prepare('INSERT INTO sale (sale, inc, seq, receipt, number, reference) VALUES (?, ?, ?, ?, ?, ?)');
  const markVoided = db.prepare('UPDATE sale SET voided_by = ? WHERE sale = ? AND voided_by IS NULL');
  const addCard = db.prepare(
    'INSERT INTO own_card (code, member, inc, seq) VALUES (?, ?, ?, ?) ON CONFLICT (code) DO NOTHING',
  );
  const bySale = db.prepare<[string], SaleRow>(`SELECT ${SALE_COLUMNS} FROM sale WHERE sale = ?`);
  const byReference = db.prepare<[string], SaleRow>(`SELECT ${SALE_COLUMNS} FROM sale WHERE reference = ?`);
  // In the order of writing, which is that of the entries: a sale's id carries the wall clock, and that may be set back.
  const newest = db.prepare<[string, number], SaleRow>(
    `SELECT ${SALE_COLUMNS} FROM entry CROSS JOIN sale
     ON sale.sale = CAST(entry.bytes AS TEXT) ->> '$.body.sale'
     WHERE entry.inc = ? AND entry.kind = 'sale' ORDER BY entry.seq DESC LIMIT ?`,
  );
  const lastReceipt = db
    .prepare<[], string>(
      `SELECT CAST(bytes AS TEXT) ->> '$.receipt' FROM entry WHERE kind = 'sale' ORDER BY rowid DESC LIMIT 1`,
    )
    .pluck();
  const member = db.prepare<[string], string>('SELECT member FROM own_card WHERE code = ?').pluck();
  const cards = db.prepare<[string], string>('SELECT code FROM own_card WHERE member = ? ORDER BY seq DESC').pluck();
  return {
    /** Inside `transact`, with the entry. */
    apply: (entry: Entry): void => {
      for (const { account, wallet, amount } of entry.postings) post.run(account, wallet, amount);
      switch (entry.kind) {
        case 'sale': {
          const { sale, reference } = entry.body;
          const receipt = present(entry.receipt, 'a sale has a receipt number');
          addSale.run(sale, entry.inc, entry.seq, receipt, receiptNumber(receipt), reference);
          return;
        }
        case 'void':
          assert(markVoided.run(entry.seq, entry.body.sale).changes === 1, 'a void has one sale that stands');
          return;
        case 'enrol':
          for (const code of entry.body.cards) addCard.run(code, entry.member, entry.inc, entry.seq);
          return;
        default:
          entry satisfies never;
      }
    },
    sale: (sale: SaleId): SaleRow | undefined => bySale.get(sale),
    saleByReference: (reference: string): SaleRow | undefined => byReference.get(reference),
    newestSales: (inc: IncarnationId, most: number): SaleRow[] => newest.all(inc, most),
    lastReceiptNumber: (): number => {
      const receipt = lastReceipt.get();
      return receipt === undefined ? 0 : receiptNumber(receipt);
    },
    memberOfCard: (code: CardCode): MemberId | undefined => member.get(code) as MemberId | undefined, // our own column
    cardsOf: (of: MemberId): CardCode[] => cards.all(of) as CardCode[], // our own column
  };
}

/** All rows, in a fixed order, for comparing with a replay. */
export function readProjections(db: ReadableDb): { balances: BalanceRow[]; sales: SaleRow[]; cards: OwnCardRow[] } {
  return {
    balances: db
      .prepare<[], BalanceRow>('SELECT account, wallet, balance FROM account_balance ORDER BY account, wallet')
      .all(),
    sales: db.prepare<[], SaleRow>(`SELECT ${SALE_COLUMNS} FROM sale ORDER BY inc, seq`).all(),
    cards: db.prepare<[], OwnCardRow>('SELECT code, member, inc, seq FROM own_card ORDER BY code').all(),
  };
}

/** `T1-000042` is the 42nd receipt of its till. */
export function receiptText(prefix: string, number: number): string {
  return `${prefix}-${String(number).padStart(6, '0')}`;
}

function receiptNumber(receipt: string): number {
  const number = Number(/(\d+)$/.exec(receipt)?.[1]);
  assert(Number.isSafeInteger(number), `no running number in receipt ${receipt}`);
  return number;
}
