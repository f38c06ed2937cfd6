import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { randomBase64url } from '../../base/node/hash.ts';

export const POS_TOKEN_FILE = 'pos-api-token';

/** The bearer token of the POS: made once, in a file that only the till's user can read. */
export function posToken(dataFolder: string): string {
  const file = path.join(dataFolder, POS_TOKEN_FILE);
  if (!existsSync(file)) writeFileSync(file, `${randomBase64url(32)}\n`, { mode: 0o600, flag: 'wx' });
  const token = readFileSync(file, 'utf8').trim();
  if (token.length < 32)
    throw new Error(`${POS_TOKEN_FILE} in the data folder holds no token. Delete the file, and a new one is made.`);
  return token;
}
