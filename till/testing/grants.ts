/** Grants as a head office of the tests signs them. */
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId, WalletId } from '../../base/ids.ts';
import { present } from '../../base/assert.ts';
import { sha256 } from '../../base/node/hash.ts';
import { generateSigningKeys, signer } from '../../base/node/signing.ts';
import { points } from '../../base/numbers.ts';
import { grantText, type SignedGrant } from '../../ledger/allowances/grant-text.ts';
import { genesisHead } from '../../ledger/chain.ts';
import { takeGrants } from '../app/allowances/take-grants.ts';
import type { EngineParts } from '../app/engine.ts';
import { hashHex } from '../store/entries.ts';

/** What the head office of all test tills signs with. */
export const HEAD_OFFICE = generateSigningKeys();
const office = signer(HEAD_OFFICE);

export const TEST_EPOCH = 'e1';

export type TestGrant = {
  readonly member: MemberId;
  readonly wallet: string;
  /** More than was granted before. */
  readonly amount: number;
  readonly end: string | null;
};

/** As it travels, at the till's last entry; `change` what is to be wrong with it, before it is signed. */
export function signedGrant(
  { store, stream }: Pick<EngineParts, 'store' | 'stream'>,
  { member, wallet, amount, end }: TestGrant,
  change: Partial<SignedGrant> = {},
): SignedGrant {
  const current = present(stream(), 'a test till is enrolled');
  const { inc } = current;
  const last = store.entries.last(inc);
  const key = { account: member, wallet: wallet as WalletId, end: end as BusinessDate | null }; // as tests name them
  const before = store.allowances
    .grants(inc)
    .find((grant) => grant.account === member && grant.wallet === wallet && grant.end === end);
  const at =
    last === undefined ? { seq: 0, head: genesisHead(sha256, current) } : { seq: last.seq, head: hashHex(last.hash) };
  const grant = { ...key, inc, epoch: TEST_EPOCH, granted: points((before?.granted ?? 0) + amount), at, ...change };
  return { ...grant, signature: change.signature ?? office.sign(grantText(grant)) };
}

export function grantAtTill(parts: EngineParts, grant: TestGrant): void {
  const taken = parts.store.transact(() => takeGrants(parts.store, TEST_EPOCH, [signedGrant(parts, grant)]));
  if (taken.length === 0) throw new Error('the till did not take the grant');
}
