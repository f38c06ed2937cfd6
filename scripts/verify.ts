/** `npm run --silent verify -- LEDGER.db`: proves a till's ledger, or says where it breaks. Exit 0 sound, 1 broken, 2 called wrongly. */
import path from 'node:path';
import { verifyLedger } from '../till/store/verify/verify-ledger.ts';

const MIGRATIONS = path.join(import.meta.dirname, '..', 'migrations');

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Name a ledger: npm run --silent verify -- path/to/ledger.db');
  process.exit(2);
}
process.exitCode = files.map((file) => report(file)).some((sound) => !sound) ? 1 : 0;

function report(file: string): boolean {
  const { findings, entries, streams, members } = verifyLedger(path.resolve(file), MIGRATIONS);
  for (const { where, what } of findings) console.log(`${file}: ${where}: ${what}`);
  if (findings.length > 0) {
    console.log(
      `${file}: broken: ${findings.length === 1 ? '1 finding' : `${findings.length} findings`} in ${entries} entries.`,
    );
    return false;
  }
  for (const { inc, entries: count, head } of streams)
    console.log(`${file}: stream ${inc}: ${count} entries, head ${head}.`);
  console.log(
    members === 'checked'
      ? `${file}: sound: chain, postings, balances, sales, cards and members' states.`
      : `${file}: sound: chain, postings, balances, sales and cards. There is no members.db beside it, so members' states were not checked.`,
  );
  return true;
}
