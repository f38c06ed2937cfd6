/**
 * Seals text to a public key so that only its owner can open it: X25519 with a one-time key, HKDF-SHA-256, AES-256-GCM.
 * Layout: 32 bytes one-time public key, 16 bytes tag, ciphertext; base64url. The nonce is fixed, since the key is used once.
 * After: RFC 9180 (HPKE) in its base mode, cut to what is needed.
 */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
} from 'node:crypto';
import { rawKeys, type SigningKeyPair } from './signing.ts';

const NONCE = Buffer.alloc(12);
const INFO = 'loyaltill sealed profile 1';
const KEY_BYTES = 32;
const TAG_BYTES = 16;

export type SealingKeyPair = SigningKeyPair;

export function generateSealingKeys(): SealingKeyPair {
  return rawKeys(generateKeyPairSync('x25519'));
}

export function seal(publicKey: string, text: string): string {
  const oneTime = generateKeyPairSync('x25519');
  const oneTimePublic = Buffer.from(rawKeys(oneTime).publicKey, 'base64url');
  const shared = diffieHellman({ privateKey: oneTime.privateKey, publicKey: publicKeyObject(publicKey) });
  const cipher = createCipheriv('aes-256-gcm', boxKey(shared, oneTimePublic, publicKey), NONCE);
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([oneTimePublic, cipher.getAuthTag(), encrypted]).toString('base64url');
}

/** The text, or undefined where it was sealed to another key or changed on the way. */
export function unseal(keys: SealingKeyPair, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < KEY_BYTES + TAG_BYTES) return undefined;
  const oneTimePublic = bytes.subarray(0, KEY_BYTES);
  try {
    const privateKey = createPrivateKey({
      key: { kty: 'OKP', crv: 'X25519', x: keys.publicKey, d: keys.privateKey },
      format: 'jwk',
    });
    const shared = diffieHellman({ privateKey, publicKey: publicKeyObject(oneTimePublic.toString('base64url')) });
    const decipher = createDecipheriv('aes-256-gcm', boxKey(shared, oneTimePublic, keys.publicKey), NONCE);
    decipher.setAuthTag(bytes.subarray(KEY_BYTES, KEY_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(KEY_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

function boxKey(shared: Buffer, oneTimePublic: Buffer, publicKey: string): Buffer {
  const salt = Buffer.concat([oneTimePublic, Buffer.from(publicKey, 'base64url')]);
  return Buffer.from(hkdfSync('sha256', shared, salt, INFO, 32));
}

function publicKeyObject(publicKey: string): ReturnType<typeof createPublicKey> {
  return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: publicKey }, format: 'jwk' });
}
