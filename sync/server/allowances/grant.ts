/** Grants and recalls that were decided, written and signed: each raises what was ever granted of its part, and says at which head (E4). */
import type { IncarnationId, MemberId } from '../../../base/ids.ts';
import { type Signer, signer } from '../../../base/node/signing.ts';
import { points } from '../../../base/numbers.ts';
import { type Grant, grantText, type SignedGrant } from '../../../ledger/allowances/grant-text.ts';
import {
  changeRecalls,
  type Grantee,
  type GrantedPart,
  raiseGranted,
  type Recall,
  saveGrants,
} from '../store/allowances.ts';
import type { Transaction } from '../store/client.ts';
import type { Organisation } from '../store/organisation.ts';

export type Decided = {
  readonly grants: readonly GrantedPart[];
  readonly begun: readonly Recall[];
  readonly ended: readonly MemberId[];
};

/** Takes positions of the feed: run it last. Answers whether anything changed. */
export async function writeDecided(
  transaction: Transaction,
  org: Organisation,
  grantees: ReadonlyMap<IncarnationId, Grantee>,
  { grants, begun, ended }: Decided,
): Promise<boolean> {
  const parts = joined(grants);
  if (parts.length > 0) {
    const granted = await raiseGranted(transaction, parts);
    const signed = parts.flatMap((part, index) => signedGrant(org, grantees, part, granted[index] ?? 0));
    await saveGrants(transaction, signed);
  }
  await changeRecalls(transaction, { begun, ended });
  return parts.length + begun.length + ended.length > 0;
}

/** Each part once. */
function joined(grants: readonly GrantedPart[]): GrantedPart[] {
  const parts = new Map<string, GrantedPart>();
  for (const part of grants) {
    const name = JSON.stringify([part.inc, part.account, part.wallet, part.end]);
    parts.set(name, { ...part, amount: part.amount + (parts.get(name)?.amount ?? 0) });
  }
  return [...parts.values()];
}

function signedGrant(
  org: Organisation,
  grantees: ReadonlyMap<IncarnationId, Grantee>,
  { inc, account, wallet, end }: GrantedPart,
  granted: number,
): SignedGrant[] {
  const grantee = grantees.get(inc);
  if (grantee === undefined) return [];
  const at = { seq: grantee.receivedSeq, head: grantee.receivedHead };
  const grant: Grant = { inc, epoch: org.epoch, account, wallet, end, granted: points(granted), at };
  return [{ ...grant, signature: signerOf(org).sign(grantText(grant)) }];
}

let kept: Signer | undefined;

/** Reading a key costs as much as several signatures. */
function signerOf({ signing }: Organisation): Signer {
  if (kept?.publicKey !== signing.publicKey) kept = signer(signing);
  return kept;
}
