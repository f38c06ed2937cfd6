/** Which accounts lead to a member: head office's rows say so, and own claims that they do not know of yet. */
import type { MemberId } from '../../base/ids.ts';
import type { Entry } from '../../ledger/entry.ts';
import type { ReadableDb, WritableDb } from './open-database.ts';

/** Inside the entry's transaction. */
export function leadWrites(db: WritableDb): (entry: Entry) => void {
  const add = db.prepare('INSERT INTO own_lead (into_member, account) VALUES (?, ?) ON CONFLICT DO NOTHING');
  return (entry) => {
    if (entry.kind === 'claim' && entry.member !== null) add.run(entry.member, entry.body.account);
  };
}

export type LeadRow = { readonly into: MemberId; readonly account: MemberId };

export function readLeads(db: ReadableDb): LeadRow[] {
  return db
    .prepare<[], LeadRow>('SELECT into_member AS "into", account FROM own_lead ORDER BY into_member, account')
    .all();
}

export function ownLeads(ledger: ReadableDb) {
  const own = ledger.prepare<[string], MemberId>('SELECT account FROM own_lead WHERE into_member = ?').pluck();
  return { into: (member: MemberId): MemberId[] => own.all(member) };
}
