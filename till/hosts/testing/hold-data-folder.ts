/** Holds a data folder until it is killed: another process for the tests of the lock. */
import { present } from '../../../base/assert.ts';
import { lockDataFolder } from '../data-folder-lock.ts';

process.send?.(lockDataFolder(present(process.argv[2], 'name a folder')).ok);
setInterval(() => undefined, 60_000);
