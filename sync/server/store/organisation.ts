/** The one organisation of a database, with the keys that head office signs and opens with. */
import type { EpochId } from '../../protocol/versions.ts';
import type { OrgId } from '../../../base/ids.ts';
import type { Queries } from './client.ts';

export type Organisation = {
  readonly id: OrgId;
  readonly name: string;
  /** Of phone numbers that were typed without one, digits. */
  readonly countryCode: string;
  readonly epoch: EpochId;
  readonly signing: { readonly publicKey: string; readonly privateKey: string };
  readonly sealing: { readonly publicKey: string; readonly privateKey: string };
  readonly lookupKey: string;
};

type Row = {
  readonly id: OrgId;
  readonly name: string;
  readonly countryCode: string;
  readonly epoch: EpochId;
  readonly signingPublicKey: string;
  readonly signingPrivateKey: string;
  readonly sealingPublicKey: string;
  readonly sealingPrivateKey: string;
  readonly lookupKey: string;
};

export async function loadOrganisation(queries: Queries): Promise<Organisation | undefined> {
  const [row] = await queries<Row[]>`
    select id, name, country_code, epoch, signing_public_key, signing_private_key, sealing_public_key, sealing_private_key, lookup_key
    from org`;
  if (row === undefined) return undefined;
  const { id, name, countryCode, epoch, lookupKey } = row;
  const signing = { publicKey: row.signingPublicKey, privateKey: row.signingPrivateKey };
  const sealing = { publicKey: row.sealingPublicKey, privateKey: row.sealingPrivateKey };
  return { id, name, countryCode, epoch, signing, sealing, lookupKey };
}

/** False where another process was first. */
export async function insertOrganisation(queries: Queries, org: Organisation, at: number): Promise<boolean> {
  const { count } = await queries`
    insert into org (id, name, country_code, epoch, signing_public_key, signing_private_key, sealing_public_key,
      sealing_private_key, lookup_key, created_at)
    values (${org.id}, ${org.name}, ${org.countryCode}, ${org.epoch}, ${org.signing.publicKey}, ${org.signing.privateKey},
      ${org.sealing.publicKey}, ${org.sealing.privateKey}, ${org.lookupKey}, ${at})
    on conflict do nothing`;
  return count === 1;
}
