/** `npm run --silent bench [-- NAME…]`: each benchmark against a baseline of the same run, one JSON line each. Exit 1 where an aim fails. */
import type { BenchLine } from '../tests/bench/bench-line.ts';
import { catchUp } from '../tests/bench/catch-up.ts';
import { feed } from '../tests/bench/feed.ts';
import { fold } from '../tests/bench/fold.ts';
import { identify } from '../tests/bench/identify.ts';
import { pushIngest } from '../tests/bench/push-ingest.ts';
import { quote } from '../tests/bench/quote.ts';
import { saleCommit } from '../tests/bench/sale-commit.ts';
import { snapshot } from '../tests/bench/snapshot.ts';

const BENCHMARKS: Readonly<Record<string, () => Promise<BenchLine[]>>> = {
  'sale-commit': saleCommit,
  identify,
  'push-ingest': pushIngest,
  quote,
  fold: () => Promise.resolve(fold()),
  snapshot,
  'catch-up': catchUp,
  feed,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exit(2);
}
for (const [name, run] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const line of await run()) {
    console.log(JSON.stringify(line));
    if (!line.holds) process.exitCode = 1;
  }
}
