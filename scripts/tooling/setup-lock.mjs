/** One set-up at a time per checkout: two commands started together must not install over each other. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits for another set-up of the same checkout; answers the function that ends the hold.
 * @param {string} root
 * @param {(line: string) => void} say
 */
export async function holdSetupLock(root, say) {
  const name = createHash('sha256').update(`${userInfo().username} ${root}`).digest('hex').slice(0, 16);
  const file = join(tmpdir(), `loyaltill-setup-${name}.lock`);
  for (let told = false; !taken(file); told = true) {
    if (!told) say('waiting for another set-up of this checkout');
    await sleep(500);
  }
  const remove = () => rmSync(file, { force: true });
  process.once('exit', remove);
  return () => {
    process.off('exit', remove);
    remove();
  };
}

/** @param {string} file */
function taken(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!holderLives(file)) rmSync(file, { force: true }); // the next round takes it
    return false;
  }
}

/** @param {string} file */
function holderLives(file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}
