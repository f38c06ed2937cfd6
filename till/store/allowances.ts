/**
 * What this till may spend, by part (ledger/allowances). Grants are kept as head office signed them, the other counters follow from the own
 * entries, each counted in its entry's transaction. Nothing in here is ever lowered.
 */
import type { BusinessDate } from '../../base/business-date.ts';
import type { HashHex, IncarnationId, MemberId, WalletId } from '../../base/ids.ts';
import { points } from '../../base/numbers.ts';
import { leftOf, type Counters } from '../../ledger/allowances/counters.ts';
import type { SignedGrant } from '../../ledger/allowances/grant-text.ts';
import type { AllowancePart, PartKey } from '../../ledger/allowances/part.ts';
import { RULES } from '../../ledger/allowances/rules.ts';
import type { HeldPart } from '../../ledger/allowances/spend.ts';
import type { OpaqueEntry } from '../../ledger/entry.ts';
import type { ReadableDb, WritableDb } from './open-database.ts';

/** A row of the table. An end of '' is none: a key column is never null. */
export type AllowanceRow = Counters & {
  readonly inc: IncarnationId;
  readonly account: MemberId;
  readonly wallet: WalletId;
  readonly end: string;
};

type GrantRow = Pick<AllowanceRow, 'inc' | 'account' | 'wallet' | 'end'> & {
  readonly epoch: string;
  readonly granted: number;
  readonly atSeq: number;
  readonly atHead: HashHex;
  readonly signature: string;
};

const COLUMNS = 'inc, account, wallet, "end", granted, own, spent, returned';
const GRANT_COLUMNS = 'inc, account, wallet, "end", epoch, granted, at_seq AS atSeq, at_head AS atHead, signature';
/** A part of which something may still be spent. */
const HAS_LEFT = 'granted + own > spent + returned';

/** What an entry of any kind, a later version's included, counts in its own incarnation; inside the entry's transaction. */
export function allowanceCounts(db: WritableDb): (entry: Pick<OpaqueEntry, 'inc' | 'allowances'>) => void {
  const adding = (counter: 'own' | 'spent' | 'returned') =>
    db.prepare(
      `INSERT INTO allowance (inc, account, wallet, "end", ${counter}) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (inc, account, wallet, "end") DO UPDATE SET ${counter} = ${counter} + excluded.${counter}`,
    );
  const [own, spent, returned] = [adding('own'), adding('spent'), adding('returned')];
  const addAll = (add: typeof own, inc: IncarnationId, parts: readonly AllowancePart[] = []): void => {
    for (const { account, wallet, end, amount } of parts) add.run(inc, account, wallet, end ?? '', amount);
  };
  return ({ inc, allowances }) => {
    if (allowances === undefined) return;
    addAll(own, inc, allowances.own);
    addAll(spent, inc, allowances.spent);
    addAll(returned, inc, allowances.returned);
  };
}

export function allowanceTable(db: WritableDb) {
  const held = db.prepare<[string, string], AllowanceRow>(
    `SELECT ${COLUMNS} FROM allowance WHERE inc = ? AND account = ? AND ${HAS_LEFT}`,
  );
  const ended = db.prepare<[string, string], AllowanceRow>(
    `SELECT ${COLUMNS} FROM allowance WHERE inc = ? AND "end" <> '' AND "end" <= ? AND ${HAS_LEFT}`,
  );
  const all = db.prepare<[string], AllowanceRow>(`SELECT ${COLUMNS} FROM allowance WHERE inc = ? AND ${HAS_LEFT}`);
  const grants = db.prepare<[string], GrantRow>(
    `SELECT ${GRANT_COLUMNS} FROM allowance_grant WHERE inc = ? ORDER BY account, wallet, "end"`,
  );
  const write = grantWrites(db);
  return {
    /** With anything left, of one account, whatever their ends. */
    heldOf: (inc: IncarnationId, account: MemberId): HeldPart[] => held.all(inc, account).map(heldPart),
    /** Whose end has come, with anything left. */
    endedOn: (inc: IncarnationId, date: BusinessDate): HeldPart[] => ended.all(inc, date).map(heldPart),
    /** Everything that is left at the incarnation. */
    allHeld: (inc: IncarnationId): HeldPart[] => all.all(inc).map(heldPart),
    /** Inside `transact`, once it was checked. True where it grants more than what was known. */
    addGrant: write,
    /** As they were signed, the newest of each part. */
    grants: (inc: IncarnationId): SignedGrant[] => grants.all(inc).map(grantFromRow),
  };
}

/** E3: the greater of both stands, whatever came late or twice. */
export function grantWrites(db: WritableDb): (grant: SignedGrant) => boolean {
  const keep = db.prepare(
    `INSERT INTO allowance_grant (inc, account, wallet, "end", epoch, granted, at_seq, at_head, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (inc, account, wallet, "end") DO UPDATE SET epoch = excluded.epoch, granted = excluded.granted,
     at_seq = excluded.at_seq, at_head = excluded.at_head, signature = excluded.signature WHERE granted <= excluded.granted`,
  );
  const grant = db.prepare(
    `INSERT INTO allowance (inc, account, wallet, "end", granted) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (inc, account, wallet, "end") DO UPDATE SET granted = ${
       RULES.E3 ? 'excluded.granted WHERE granted < excluded.granted' : 'granted + excluded.granted'
     }`,
  );
  return ({ inc, account, wallet, end, epoch, granted, at, signature }) => {
    keep.run(inc, account, wallet, end ?? '', epoch, granted, at.seq, at.head, signature);
    return grant.run(inc, account, wallet, end ?? '', granted).changes === 1;
  };
}

/** All of both tables in a fixed order, for `verify`. */
export function readAllowances(db: ReadableDb): { counters: AllowanceRow[]; grants: SignedGrant[] } {
  return {
    counters: db
      .prepare<[], AllowanceRow>(`SELECT ${COLUMNS} FROM allowance ORDER BY inc, account, wallet, "end"`)
      .all(),
    grants: db
      .prepare<[], GrantRow>(`SELECT ${GRANT_COLUMNS} FROM allowance_grant ORDER BY inc, account, wallet, "end"`)
      .all()
      .map(grantFromRow),
  };
}

function heldPart(row: AllowanceRow): HeldPart {
  return { ...keyOf(row), left: leftOf(row) };
}

function grantFromRow({ inc, epoch, granted, atSeq, atHead, signature, ...key }: GrantRow): SignedGrant {
  return { inc, epoch, ...keyOf(key), granted: points(granted), at: { seq: atSeq, head: atHead }, signature };
}

function keyOf({ account, wallet, end }: Pick<AllowanceRow, 'account' | 'wallet' | 'end'>): PartKey {
  return { account, wallet, end: end === '' ? null : (end as BusinessDate) }; // as it was written
}
