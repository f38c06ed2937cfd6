/**
 * The key that the till's own keys are sealed with: made once, kept in the data folder encrypted by the operating system for this user
 * (DPAPI, Keychain, libsecret or KWallet). Copying the folder to another computer does not bring the key along. On Linux without a
 * keyring Electron could only encrypt with a password that everyone knows; that protects nothing, so there the till's keys stay in their
 * file of mode 0600, as in the browser host, and the till says so.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { SafeStorage } from 'electron';
import { failed, ok, refused, type Refusal, type Result } from '../base/result.ts';

export const SEALING_KEY_FILE = 'sealing-key.bin';
const SEALING_KEY_BYTES = 32;
const SEALING_KEY_CHARS = 43;

export type KeyStore = Pick<SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString'>;

/** 32 bytes, base64url; null where there is no keyring: the engine then warns on its screen. */
export type SealingKey = string | null;
export type KeyRefusal = Refusal<'no-key-store' | 'key-unreadable'>;

const UNREADABLE: KeyRefusal = {
  code: 'key-unreadable',
  message: `The keys of this till are sealed for another user or computer, or the keyring is locked (${SEALING_KEY_FILE} cannot be opened).`,
};

/** Refuses where nothing can be encrypted, or where the key that is there cannot be opened; it is never replaced by a new one. */
export function loadSealingKey(
  dataFolder: string,
  store: KeyStore,
  platform: NodeJS.Platform,
): Result<SealingKey, KeyRefusal> {
  const file = path.join(dataFolder, SEALING_KEY_FILE);
  const stored = bytesOf(file);
  if (!store.isEncryptionAvailable()) {
    if (stored !== undefined) return failed(UNREADABLE);
    if (platform === 'linux') return ok(null);
    return refused(
      'no-key-store',
      'This computer offers no safe place for the keys of the till, so Loyaltill does not start here.',
    );
  }
  return stored === undefined ? ok(makeKey(file, store)) : openKey(stored, store);
}

function openKey(stored: Buffer, store: KeyStore): Result<string, KeyRefusal> {
  try {
    const key = store.decryptString(stored);
    return key.length === SEALING_KEY_CHARS ? ok(key) : failed(UNREADABLE);
  } catch {
    return failed(UNREADABLE);
  }
}

function makeKey(file: string, store: KeyStore): string {
  const key = randomBytes(SEALING_KEY_BYTES).toString('base64url');
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.new`;
  const handle = openSync(fresh, 'w', 0o600);
  try {
    writeSync(handle, store.encryptString(key));
    fsyncSync(handle); // a power cut right after enrolment must not lose what opens the till's key
  } finally {
    closeSync(handle);
  }
  renameSync(fresh, file);
  return key;
}

function bytesOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
