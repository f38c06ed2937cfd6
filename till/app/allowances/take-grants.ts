/**
 * Grants as they come, in the feed or in an answer (E4). They count where head office signed them for this incarnation, in the epoch that is the
 * newest seen, and where this till's chain has the entry that they were computed at: else these data are a copy, or were restored, and another
 * till may spend the same.
 */
import type { HashHex, MemberId } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import { type Verifier, verifier } from '../../../base/node/signing.ts';
import { grantText, type SignedGrant } from '../../../ledger/allowances/grant-text.ts';
import { RULES } from '../../../ledger/allowances/rules.ts';
import { genesisHead } from '../../../ledger/chain.ts';
import { hashHex } from '../../store/entries.ts';
import type { Stream } from '../../store/streams.ts';
import type { TillStore } from '../../store/till-store.ts';

export type GrantParts = Pick<TillStore, 'allowances' | 'entries' | 'streams'>;

/** Inside `transact`. Answers the accounts that more may be spent of. `epoch`: the newest of head office that was seen. */
export function takeGrants(store: GrantParts, epoch: string | null, grants: readonly SignedGrant[]): MemberId[] {
  const stream = store.streams.current();
  if (stream === undefined || stream.redemptionStop !== null) return [];
  const meant = grants.filter((grant) => isMeant(stream, epoch, grant));
  if (RULES.E4 && meant.some(({ at }) => headAt(store, stream, at.seq) !== at.head)) {
    store.streams.stopRedemptions(stream.inc, 'copied');
    return [];
  }
  return meant.flatMap((grant) => (store.allowances.addGrant(grant) ? [grant.account] : []));
}

function isMeant({ inc, signingKey }: Stream, epoch: string | null, grant: SignedGrant): boolean {
  if (grant.inc !== inc || signingKey === null) return false;
  if (RULES.E4 && grant.epoch !== epoch) return false;
  return verifierOf(signingKey).verify(grantText(grant), grant.signature);
}

/** Undefined where this till never wrote so much. */
function headAt({ entries }: GrantParts, stream: Stream, seq: number): HashHex | undefined {
  if (seq === 0) return genesisHead(sha256, stream);
  const stored = entries.at(stream.inc, seq);
  return stored && hashHex(stored.hash);
}

/** Making one costs as much as checking with it. */
let last: { readonly key: string; readonly verifier: Verifier } | undefined;

function verifierOf(key: string): Verifier {
  if (last?.key !== key) last = { key, verifier: verifier(key) };
  return last.verifier;
}
