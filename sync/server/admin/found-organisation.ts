/** The first start on an empty database: an organisation with keys of its own, and head office's own stream. */
import type { OrgId } from '../../../base/ids.ts';
import { present } from '../../../base/assert.ts';
import { randomBase64url } from '../../../base/node/hash.ts';
import { generateSealingKeys } from '../../../base/node/sealed-box.ts';
import { generateSigningKeys } from '../../../base/node/signing.ts';
import type { EpochId } from '../../protocol/versions.ts';
import { createOwnStream } from '../own-stream/own-stream.ts';
import type { Database } from '../store/client.ts';
import { insertOrganisation, loadOrganisation, type Organisation } from '../store/organisation.ts';

export type NewOrganisation = { readonly name: string; readonly countryCode: string };

export async function foundOrganisation(
  database: Database,
  { name, countryCode }: NewOrganisation,
  at: number,
): Promise<Organisation> {
  const known = await loadOrganisation(database);
  if (known !== undefined) return known;
  const org: Organisation = {
    id: randomBase64url(12) as OrgId, // minted here
    name,
    countryCode,
    epoch: randomBase64url(12) as EpochId, // minted here
    signing: generateSigningKeys(),
    sealing: generateSealingKeys(),
    lookupKey: randomBase64url(32),
  };
  await database.begin(async (transaction) => {
    if (await insertOrganisation(transaction, org, at)) await createOwnStream(transaction, org, at);
  });
  return present(await loadOrganisation(database), 'the organisation was just written');
}
