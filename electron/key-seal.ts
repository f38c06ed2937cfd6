/** Seals text with the key that main unsealed: AES-256-GCM. Layout: 12 bytes nonce, 16 bytes tag, ciphertext; base64url. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export type KeySeal = {
  seal: (text: string) => string;
  /** Undefined where it was sealed with another key, or changed. */
  unseal: (sealed: string) => string | undefined;
};

/** `sealingKey`: 32 bytes, base64url. */
export function createKeySeal(sealingKey: string): KeySeal {
  const key = Buffer.from(sealingKey, 'base64url');
  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce);
      const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]).toString('base64url');
    },
    unseal(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString(
          'utf8',
        );
      } catch {
        return undefined; // the tag does not fit
      }
    },
  };
}
