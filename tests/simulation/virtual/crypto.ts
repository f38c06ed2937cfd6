/** node:crypto with chance from the seed. Hashes, signatures and ciphers are the real ones. */
import crypto from 'node:crypto';
import { chance, chanceBytes } from './random.ts';

const { createHash, createHmac, createPrivateKey, createPublicKey, createCipheriv, createDecipheriv } = crypto;
const { diffieHellman, hash, hkdfSync, sign, timingSafeEqual, verify } = crypto;
export {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hash,
  hkdfSync,
  sign,
  timingSafeEqual,
  verify,
};
export type { KeyObject } from 'node:crypto';

export function randomBytes(length: number): Buffer {
  return chanceBytes(length);
}

export function randomInt(below: number): number {
  return Math.floor(chance() * below);
}

export function randomUUID(): string {
  const bytes = chanceBytes(16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** What comes before the 32 bytes of a private key in PKCS #8 (RFC 8410). */
const PREFIXES = {
  ed25519: Buffer.from('302e020100300506032b657004220420', 'hex'),
  x25519: Buffer.from('302e020100300506032b656e04220420', 'hex'),
};

export function generateKeyPairSync(kind: keyof typeof PREFIXES): crypto.KeyPairKeyObjectResult {
  const key = Buffer.concat([PREFIXES[kind], chanceBytes(32)]);
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

// oxlint-disable-next-line import/no-default-export -- the module that it stands in for has one
export default { ...crypto, randomBytes, randomInt, randomUUID, generateKeyPairSync };
