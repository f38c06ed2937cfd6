/** What head office signs for an incarnation: a restored head office can accept one that its database has lost. */
import { SignJWT } from 'jose';
import type { IncarnationId, StoreId, TillId } from '../../../base/ids.ts';
import { signer } from '../../../base/node/signing.ts';
import type { Organisation } from '../store/organisation.ts';

const CERTIFICATE_TYPE = 'loyaltill-certificate';

export async function signCertificate(
  org: Organisation,
  subject: { readonly store: StoreId; readonly till: TillId; readonly inc: IncarnationId; readonly publicKey: string },
  at: number,
): Promise<string> {
  return await new SignJWT({ org: org.id, ...subject })
    .setProtectedHeader({ alg: 'EdDSA', typ: CERTIFICATE_TYPE })
    .setIssuedAt(Math.floor(at / 1000))
    .sign(signer(org.signing).key);
}
