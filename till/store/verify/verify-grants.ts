import { verifier } from '../../../base/node/signing.ts';
import { grantText } from '../../../ledger/allowances/grant-text.ts';
import { readAllowances } from '../allowances.ts';
import type { ReadableDb } from '../open-database.ts';
import type { Finding } from './verify-ledger.ts';

/** The first layout that has them. */
const ALLOWANCE_LAYOUT = 5;

/** Grants are no entries of this till: each must be signed by the head office that its incarnation enrolled with. */
export function verifyGrants(db: ReadableDb): Finding[] {
  if (Number(db.pragma('user_version', { simple: true })) < ALLOWANCE_LAYOUT) return [];
  const streams = db
    .prepare<[], { inc: string; key: string | null }>('SELECT inc, signing_key AS "key" FROM stream')
    .all();
  const keys = new Map(streams.map(({ inc, key }) => [inc, key === null ? undefined : verifier(key)]));
  return readAllowances(db)
    .grants.filter((grant) => keys.get(grant.inc)?.verify(grantText(grant), grant.signature) !== true)
    .map(({ account, wallet }) => ({
      where: `allowance_grant, ${account}, ${wallet}`,
      what: 'It is not signed by the head office of this till.',
    }));
}
