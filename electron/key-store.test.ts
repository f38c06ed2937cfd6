import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSealingKey, SEALING_KEY_FILE, type KeyStore } from './key-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'key-store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The operating system's part: encrypts for one user, and fails for what another one encrypted. */
function keyring(user: string, isAvailable = true): KeyStore {
  const mark = Buffer.from(`${user}:`);
  return {
    isEncryptionAvailable: () => isAvailable,
    encryptString: (text) => Buffer.concat([mark, Buffer.from(text).map((byte) => byte ^ 0x5a)]),
    decryptString: (bytes) => {
      if (!bytes.subarray(0, mark.length).equals(mark)) throw new Error('Error while decrypting the ciphertext');
      return Buffer.from(bytes.subarray(mark.length).map((byte) => byte ^ 0x5a)).toString();
    },
  };
}

const sealed = (): string => readFileSync(path.join(folder, SEALING_KEY_FILE), 'latin1');

describe('the key that seals the till’s keys', () => {
  it('is made once and is the same at every start', () => {
    const first = loadSealingKey(folder, keyring('till'), 'win32');
    const second = loadSealingKey(folder, keyring('till'), 'win32');
    expect(first).toEqual({ ok: true, value: expect.stringMatching(/^[\w-]{43}$/) as string }); // asymmetric matcher
    expect(second).toEqual(first);
  });

  it('lies encrypted in a file of its user only', () => {
    const key = loadSealingKey(folder, keyring('till'), 'linux');
    expect({
      files: readdirSync(folder),
      mode: statSync(path.join(folder, SEALING_KEY_FILE)).mode & 0o777,
      isPlain: key.ok && key.value !== null && sealed().includes(key.value),
    }).toEqual({ files: [SEALING_KEY_FILE], mode: 0o600, isPlain: false });
  });

  it.each([
    ['another user’s keyring', keyring('someone')],
    ['a locked keyring', keyring('till', false)],
  ])('is refused, and kept, under %s', (_what, store) => {
    loadSealingKey(folder, keyring('till'), 'linux');
    const before = sealed();
    expect(loadSealingKey(folder, store, 'linux')).toMatchObject({ ok: false, error: { code: 'key-unreadable' } });
    expect(sealed()).toBe(before);
  });

  it('is refused where the file is no key', () => {
    writeFileSync(path.join(folder, SEALING_KEY_FILE), keyring('till').encryptString('short'));
    expect(loadSealingKey(folder, keyring('till'), 'linux')).toMatchObject({
      ok: false,
      error: { code: 'key-unreadable' },
    });
  });

  it('is absent on a Linux without a keyring, and nothing is written', () => {
    expect(loadSealingKey(folder, keyring('till', false), 'linux')).toEqual({ ok: true, value: null });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['win32', 'darwin'] as const)('is refused on %s where the system cannot encrypt', (platform) => {
    expect(loadSealingKey(folder, keyring('till', false), platform)).toMatchObject({
      ok: false,
      error: { code: 'no-key-store' },
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});
