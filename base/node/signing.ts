/** Ed25519 keys as raw base64url text (32 bytes), and signatures over UTF-8 text. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';

export type SigningKeyPair = { readonly publicKey: string; readonly privateKey: string };

export function generateSigningKeys(): SigningKeyPair {
  return rawKeys(generateKeyPairSync('ed25519'));
}

export type Signer = { readonly publicKey: string; readonly key: KeyObject; sign(text: string): string };

/** Keeps the key object, since making one costs as much as several signatures. */
export function signer(keys: SigningKeyPair): Signer {
  const key = createPrivateKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: keys.publicKey, d: keys.privateKey },
    format: 'jwk',
  });
  return {
    publicKey: keys.publicKey,
    key,
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64url'),
  };
}

export type Verifier = { readonly key: KeyObject; verify(text: string, signature: string): boolean };

export function verifier(publicKey: string): Verifier {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  return { key, verify: (text, signature) => verifies(key, text, signature) };
}

function verifies(key: KeyObject, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  return bytes.length === 64 && verify(null, Buffer.from(text, 'utf8'), key, bytes);
}

export function rawKeys({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }): SigningKeyPair {
  const { x, d } = privateKey.export({ format: 'jwk' });
  if (x === undefined || d === undefined) throw new Error(`no raw form of a ${publicKey.asymmetricKeyType} key`);
  return { publicKey: x, privateKey: d };
}
