import type { IncarnationId, OrgId, StoreId, TillId } from '../../base/ids.ts';
import { transact, type WritableDb } from './open-database.ts';

/** One enrolment of this till: who it is since then, and how much of what it wrote head office has confirmed. */
export type Stream = {
  readonly inc: IncarnationId;
  readonly org: OrgId;
  readonly orgName: string;
  readonly store: StoreId;
  readonly storeName: string;
  readonly till: TillId;
  readonly tillName: string;
  readonly headOffice: string;
  readonly publicKey: string;
  readonly sealingKey: string;
  /** What head office signs with; null for a till that enrolled before it was kept. */
  readonly signingKey: string | null;
  readonly certificate: string;
  readonly enrolledAt: number;
  readonly epoch: string;
  readonly acknowledgedSeq: number;
  /** Why it may spend nothing any more; null: it may. */
  readonly redemptionStop: RedemptionStop | null;
};

/**
 * `copied`: its data are a copy of another till's, or were restored from a backup (E4). `restored`: the ledger is older than what this till
 * has written. `damaged`: it was salvaged from a broken file. `fenced`: head office says so.
 */
export type RedemptionStop = 'copied' | 'restored' | 'damaged' | 'fenced';

const COLUMNS = `inc, org, org_name AS orgName, store, store_name AS storeName, till, till_name AS tillName, head_office AS headOffice,
  public_key AS publicKey, sealing_key AS sealingKey, signing_key AS signingKey, certificate, enrolled_at AS enrolledAt, epoch, acknowledged_seq AS acknowledgedSeq,
  redemption_stop AS redemptionStop`;

export type StreamTable = ReturnType<typeof streamTable>;

export function streamTable(db: WritableDb) {
  const all = db.prepare<[], Stream>(`SELECT ${COLUMNS} FROM stream ORDER BY enrolled_at, rowid`);
  const insert =
    db.prepare(`INSERT INTO stream (inc, org, org_name, store, store_name, till, till_name, head_office, public_key,
    sealing_key, signing_key, certificate, enrolled_at, epoch) VALUES (:inc, :org, :orgName, :store, :storeName, :till, :tillName, :headOffice,
    :publicKey, :sealingKey, :signingKey, :certificate, :enrolledAt, :epoch)`);
  const acknowledge = db.prepare<{ inc: string; seq: number; epoch: string }>(
    `UPDATE stream SET acknowledged_seq = CASE WHEN epoch = :epoch THEN max(acknowledged_seq, :seq) ELSE :seq END, epoch = :epoch
     WHERE inc = :inc`,
  );
  const stop = db.prepare('UPDATE stream SET redemption_stop = ? WHERE inc = ?');
  // Asked for at every call and changed by this process alone, so it is read once.
  let known = all.all();
  const reread = (): void => {
    known = all.all();
  };
  return {
    /** The newest enrolment: the one that writes. */
    current: (): Stream | undefined => known.at(-1),
    /** Oldest first. */
    all: (): readonly Stream[] => known,
    add: (stream: Omit<Stream, 'acknowledgedSeq' | 'redemptionStop'>): void => {
      transact(db, () => insert.run(stream));
      reread();
    },
    /** The greater of both within an epoch; in a new epoch head office's word, since a restored one may have less. */
    acknowledge: (inc: IncarnationId, seq: number, epoch: string): void => {
      acknowledge.run({ inc, seq, epoch });
      reread();
    },
    /** Until it enrols again. */
    stopRedemptions: (inc: IncarnationId, why: RedemptionStop): void => {
      stop.run(why, inc);
      reread();
    },
  };
}
