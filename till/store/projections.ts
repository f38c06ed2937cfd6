/**
 * What follows from the entries in ledger.db: balances of the books, sales, cards. One function applies an entry, at the sale and at a
 * replay, so that dropped and replayed they are the same rows.
 */
import { assert, present } from '../../base/assert.ts';
import type { CardCode, HashHex, IncarnationId, MemberId, SaleId } from '../../base/ids.ts';
import { type Entry, type OpaqueEntry, othersIn } from '../../ledger/entry.ts';
import { saleIn } from '../../ledger/sale-state.ts';
import type { CardStatus } from '../../sync/protocol/feed.ts';
import { allowanceCounts, readAllowances } from './allowances.ts';
import { leadWrites, readLeads } from './leads.ts';
import type { ReadableDb, WritableDb } from './open-database.ts';
import { overdraftWrites, readOverdrafts } from './overdrafts.ts';

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
  /** The entry that last said something of it. */
  readonly inc: IncarnationId;
  readonly seq: number;
  readonly status: CardStatus;
};
/** Entries by what they name beside their member: an account, or the sale that they are about. */
export type NamedRow = { readonly name: string; readonly inc: IncarnationId; readonly seq: number };
export type ClaimRow = { readonly code: HashHex; readonly sale: SaleId };

const SALE_COLUMNS =
  'sale.sale, sale.inc, sale.seq, sale.receipt, sale.number, sale.reference, sale.voided_by AS voidedBy';

/** What an entry leads to, in the transaction that it is written in. Kinds that no table follows from leave none. */
function projectionWrites(db: WritableDb): (entry: Entry) => void {
  const post = db.prepare(
    `INSERT INTO account_balance (account, wallet, balance) VALUES (?, ?, ?)
     ON CONFLICT (account, wallet) DO UPDATE SET balance = balance + excluded.balance`,
  );
  const addSale = db.prepare('INSERT INTO sale (sale, inc, seq, receipt, number, reference) VALUES (?, ?, ?, ?, ?, ?)');
  const markVoided = db.prepare('UPDATE sale SET voided_by = ? WHERE sale = ? AND voided_by IS NULL');
  const nameAccount = db.prepare('INSERT INTO entry_account (account, inc, seq) VALUES (?, ?, ?)');
  const nameSale = db.prepare('INSERT INTO entry_sale (sale, inc, seq) VALUES (?, ?, ?)');
  const addClaim = db.prepare('INSERT INTO own_claim (code, sale) VALUES (?, ?) ON CONFLICT (code) DO NOTHING');
  const putCard = db.prepare(
    `INSERT INTO own_card (code, member, inc, seq, status) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (code) DO UPDATE SET member = excluded.member, inc = excluded.inc, seq = excluded.seq, status = excluded.status`,
  );
  const sayOfCard = ({ member: of, inc, seq }: Entry, code: CardCode, status: CardStatus): void => {
    if (of !== null) putCard.run(code, of, inc, seq, status);
  };
  return (entry) => {
    for (const { account, wallet, amount } of entry.postings) post.run(account, wallet, amount);
    for (const account of new Set(othersIn(entry))) {
      if (account !== entry.member) nameAccount.run(account, entry.inc, entry.seq);
    }
    const about = entry.kind === 'sale' ? null : saleIn(entry);
    if (about !== null) nameSale.run(about, entry.inc, entry.seq);
    if (entry.kind === 'sale') {
      const { sale, reference, claim } = entry.body;
      const receipt = present(entry.receipt, 'a sale has a receipt number');
      addSale.run(sale, entry.inc, entry.seq, receipt, receiptNumber(receipt), reference);
      if (claim !== null) addClaim.run(claim, sale);
    }
    if (entry.kind === 'void') markVoided.run(entry.seq, entry.body.sale); // none where the sale is another till's
    if (entry.kind === 'enrol') for (const code of entry.body.cards) sayOfCard(entry, code, 'active');
    if (entry.kind === 'card') applyCard(entry, sayOfCard);
  };
}

/** What its envelope says of allowances. */
function spendingWrites(db: WritableDb): (entry: Pick<OpaqueEntry, 'inc' | 'seq' | 'allowances'>) => void {
  const [count, overdraw] = [allowanceCounts(db), overdraftWrites(db)];
  return (entry) => {
    if (entry.allowances === undefined) return;
    count(entry);
    overdraw(entry);
  };
}

export function projections(db: WritableDb) {
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
  const bySaleNumber = db.prepare<[number], SaleRow>(
    `SELECT ${SALE_COLUMNS} FROM print_job JOIN sale ON sale.sale = print_job.sale AND sale.number = print_job.number
     WHERE print_job.number = ?`,
  );
  const byClaim = db.prepare<[string], SaleId>('SELECT sale FROM own_claim WHERE code = ?').pluck();
  const card = db.prepare<[string], OwnCardRow>('SELECT code, member, inc, seq, status FROM own_card WHERE code = ?');
  const cards = db.prepare<[string], OwnCardRow>(
    'SELECT code, member, inc, seq, status FROM own_card WHERE member = ? ORDER BY seq DESC, code',
  );
  const [write, lead] = [projectionWrites(db), leadWrites(db)];
  const count = spendingWrites(db);
  let number: number | undefined;
  return {
    /** Inside `transact`, with the entry. */
    apply: (entry: Entry): void => {
      write(entry);
      lead(entry);
      count(entry);
      if (entry.kind === 'sale' && entry.receipt !== null) number = receiptNumber(entry.receipt);
    },
    /** Of an entry that only a newer version of this till can read: what stands in its envelope counts all the same. */
    applyOpaque: count,
    sale: (sale: SaleId): SaleRow | undefined => bySale.get(sale),
    saleByReference: (reference: string): SaleRow | undefined => byReference.get(reference),
    newestSales: (inc: IncarnationId, most: number): SaleRow[] => newest.all(inc, most),
    /** Read once: this process alone writes. */
    lastReceiptNumber: (): number => {
      const receipt = number === undefined ? lastReceipt.get() : undefined;
      number ??= receipt === undefined ? 0 : receiptNumber(receipt);
      return number;
    },
    /** After a transaction that was rolled back. */
    forgetLastNumber: (): void => {
      number = undefined;
    },
    /** By its number, `T1-000042`. The print job of a sale has the sale's running number, which saves an index. */
    saleByReceipt: (receipt: string): SaleRow | undefined => {
      const number = Number(/(\d{1,12})$/.exec(receipt)?.[1]);
      const row = Number.isSafeInteger(number) ? bySaleNumber.get(number) : undefined;
      return row?.receipt === receipt ? row : undefined;
    },
    saleByClaim: (code: HashHex): SaleId | undefined => byClaim.get(code),
    card: (code: CardCode): OwnCardRow | undefined => card.get(code),
    /** Newest first, whatever their status. */
    cardsOf: (of: MemberId): OwnCardRow[] => cards.all(of),
  };
}

function applyCard(
  entry: Extract<Entry, { kind: 'card' }>,
  sayOfCard: (entry: Entry, code: CardCode, status: CardStatus) => void,
): void {
  const { body } = entry;
  switch (body.action) {
    case 'link':
      return sayOfCard(entry, body.card, 'active');
    case 'block':
      return sayOfCard(entry, body.card, 'blocked');
    case 'replace':
      sayOfCard(entry, body.card, 'replaced');
      return sayOfCard(entry, body.new, 'active');
    default:
      body satisfies never;
  }
}

/** The first layout with what the whole programme needs; older files are told from it by their version. */
export const PROGRAMME_LAYOUT = 3;
const ALLOWANCE_LAYOUT = 5;

/** All rows, in a fixed order, for comparing with a replay. An older file has fewer tables. */
export function readProjections(db: ReadableDb): {
  balances: BalanceRow[];
  sales: SaleRow[];
  cards: OwnCardRow[];
  named?: { accounts: NamedRow[]; sales: NamedRow[]; claims: ClaimRow[] };
  spending?: SpendingRows;
} {
  const layout = Number(db.pragma('user_version', { simple: true }));
  const whole = layout >= PROGRAMME_LAYOUT;
  const status = whole ? 'status' : `'active' AS status`;
  const older = {
    balances: db
      .prepare<[], BalanceRow>('SELECT account, wallet, balance FROM account_balance ORDER BY account, wallet')
      .all(),
    sales: db.prepare<[], SaleRow>(`SELECT ${SALE_COLUMNS} FROM sale ORDER BY inc, seq`).all(),
    cards: db.prepare<[], OwnCardRow>(`SELECT code, member, inc, seq, ${status} FROM own_card ORDER BY code`).all(),
  };
  if (!whole) return older;
  const named = {
    accounts: db
      .prepare<[], NamedRow>('SELECT account AS name, inc, seq FROM entry_account ORDER BY account, inc, seq')
      .all(),
    sales: db.prepare<[], NamedRow>('SELECT sale AS name, inc, seq FROM entry_sale ORDER BY sale, inc, seq').all(),
    claims: db.prepare<[], ClaimRow>('SELECT code, sale FROM own_claim ORDER BY code').all(),
  };
  if (layout < ALLOWANCE_LAYOUT) return { ...older, named };
  const spending = { ...readAllowances(db), overdrafts: readOverdrafts(db), leads: readLeads(db) };
  return { ...older, named, spending };
}

export type SpendingRows = ReturnType<typeof readAllowances> & {
  readonly overdrafts: ReturnType<typeof readOverdrafts>;
  readonly leads: ReturnType<typeof readLeads>;
};

/** `T1-000042` is the 42nd receipt of its till. */
export function receiptText(prefix: string, number: number): string {
  return `${prefix}-${String(number).padStart(6, '0')}`;
}

function receiptNumber(receipt: string): number {
  const number = Number(/(\d+)$/.exec(receipt)?.[1]);
  assert(Number.isSafeInteger(number), `no running number in receipt ${receipt}`);
  return number;
}
