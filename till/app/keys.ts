/**
 * The till's secrets: the signing key of each incarnation, and the key that phone and e-mail are hashed with. They live outside the
 * databases, in a file of mode 0600, sealed by the desktop app where the system has a keyring.
 */
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { present } from '../../base/assert.ts';
import type { IncarnationId } from '../../base/ids.ts';
import { signer, type Signer } from '../../base/node/signing.ts';

export const KEYS_FILE = 'keys.json';

/** The desktop app's safeStorage; the browser host has none, and says so. */
export type KeySeal = { seal(text: string): string; unseal(sealed: string): string | undefined };

export type TillSecrets = { readonly publicKey: string; readonly privateKey: string; readonly lookupKey: string };

export type TillKeys = {
  /** False where the key file was lost, or restored from before the enrolment. */
  has(inc: IncarnationId): boolean;
  signer(inc: IncarnationId): Signer;
  lookupKey(inc: IncarnationId): string;
  add(inc: IncarnationId, secrets: TillSecrets): void;
};

const rawKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const secretsSchema = z.record(
  z.string(),
  z.strictObject({ publicKey: rawKey, privateKey: rawKey, lookupKey: rawKey }),
);
const fileSchema = z.strictObject({ sealed: z.boolean(), content: z.string() });

/** Throws where the file is there and cannot be read: a till must not go on with keys that are not its own. */
export function openKeys(dataFolder: string, seal: KeySeal | undefined): TillKeys {
  const file = path.join(dataFolder, KEYS_FILE);
  const secrets = new Map(Object.entries(existsSync(file) ? readSecrets(file, seal) : {}));
  const signers = new Map<string, Signer>();
  return {
    has: (inc) => secrets.has(inc),
    signer: (inc) => {
      const known = signers.get(inc) ?? signer(present(secrets.get(inc), 'no key of this incarnation'));
      signers.set(inc, known);
      return known;
    },
    lookupKey: (inc) => present(secrets.get(inc), 'no key of this incarnation').lookupKey,
    add: (inc, added) => {
      secrets.set(inc, added);
      writeSecrets(file, Object.fromEntries(secrets), seal);
    },
  };
}

/** Undefined where there is none, or it is sealed by the desktop app. */
export function openLookupKey(dataFolder: string, inc: IncarnationId | undefined): string | undefined {
  const file = path.join(dataFolder, KEYS_FILE);
  if (inc === undefined || !existsSync(file)) return undefined;
  const { sealed, content } = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return sealed ? undefined : secretsSchema.parse(JSON.parse(content))[inc]?.lookupKey;
}

function readSecrets(file: string, seal: KeySeal | undefined): z.infer<typeof secretsSchema> {
  const { sealed, content } = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const text = sealed ? seal?.unseal(content) : content;
  if (text === undefined)
    throw new Error('The keys of this till are sealed by another user or program, and cannot be opened here.');
  return secretsSchema.parse(JSON.parse(text));
}

/** Written beside and renamed over, so that a power cut leaves the old or the new file, never half of one. */
function writeSecrets(file: string, secrets: z.infer<typeof secretsSchema>, seal: KeySeal | undefined): void {
  const text = JSON.stringify(secrets);
  const content = seal === undefined ? { sealed: false, content: text } : { sealed: true, content: seal.seal(text) };
  const beside = `${file}.new`;
  writeFileSync(beside, JSON.stringify(content), { mode: 0o600, flush: true });
  chmodSync(beside, 0o600);
  renameSync(beside, file);
}
