/** Whether head office has what it confirmed, each entry once, exact bytes, and whether what it made of them is what a fresh fold makes. */
import { sha256 } from '../../base/node/hash.ts';
import { nextHead } from '../../ledger/chain.ts';
import { foundOrganisation } from '../../sync/server/admin/found-organisation.ts';
import { foldBatch } from '../../sync/server/fold/fold-batch.ts';
import { openClient, type Database } from '../../sync/server/store/client.ts';
import { lastPosition } from '../../sync/server/store/counters.ts';
import { entriesAfter } from '../../sync/server/store/entries.ts';
import type { SimulatedTill } from './simulated-till.ts';

const PAGE = 5_000;

export type Books = {
  readonly entries: number;
  /** Confirmed entries that are not there with the bytes that their till wrote. */
  readonly lost: number;
  /** Entries beside those that their place in a stream allows, or positions that are given twice or left out. */
  readonly duplicated: number;
};

export async function judgeBooks(database: Database, tills: readonly SimulatedTill[]): Promise<Books> {
  const streams = new Map(
    tills.map((till) => [till.books.identity.inc, { till, seq: 0, head: till.books.genesis, proven: 0 }]),
  );
  let entries = 0;
  let duplicated = 0;
  for (let after = 0; ;) {
    const page = await entriesAfter(database, after, { limit: PAGE });
    for (const { position, inc, seq, text } of page) {
      entries += 1;
      if (position !== after + 1) duplicated += 1;
      after = position;
      const stream = streams.get(inc);
      if (stream === undefined) continue;
      if (seq !== stream.seq + 1) duplicated += 1;
      stream.seq = seq;
      stream.head = nextHead(sha256, stream.head, text);
      const confirmed = stream.till.confirmed();
      if (seq === confirmed.seq && stream.head === confirmed.head) stream.proven = seq;
    }
    if (page.length === 0) break;
  }
  const lost = [...streams.values()].reduce((sum, { till, proven }) => sum + till.confirmed().seq - proven, 0);
  return { entries, lost, duplicated };
}

/** Made of entries alone, by the fold. */
const PROJECTIONS = [
  'member_state',
  'sale_state',
  'entry_sale',
  'entry_account',
  'account_group',
  'card',
  'card_fact',
  'deferral',
  'flag',
];

/** Accounts and sales whose state differs from that of a fresh fold of a copy. Nobody else may be on the database. */
export async function differencesFromFreshFold(
  databaseUrl: string,
  maintenance: Database,
): Promise<{ members: number; sales: number }> {
  const name = new URL(databaseUrl).pathname.slice(1);
  const copy = `${name}_fresh`;
  const before = await statesOf(databaseUrl);
  await maintenance`create database ${maintenance(copy)} template ${maintenance(name)}`;
  const url = new URL(databaseUrl);
  url.pathname = `/${copy}`;
  await foldAnew(url.href);
  const after = await statesOf(url.href);
  await maintenance`drop database ${maintenance(copy)}`;
  return {
    members: differences(before.members, after.members),
    sales: differences(before.sales, after.sales),
  };
}

async function foldAnew(url: string): Promise<void> {
  const database = openClient(url, { connectionsMax: 1 });
  await database.unsafe(`truncate ${PROJECTIONS.join(', ')}`);
  await database`update counter set last = 0 where name in ('folded', 'indexed')`;
  const org = await foundOrganisation(database, { name: 'Scale', countryCode: '49' }, 0);
  while ((await foldBatch(database, org, Date.now())) > 0);
  await database.end({ timeout: 5 });
}

type States = { readonly members: ReadonlyMap<string, string>; readonly sales: ReadonlyMap<string, string> };

async function statesOf(url: string): Promise<States> {
  const database = openClient(url, { connectionsMax: 1 });
  const waiting = (await lastPosition(database, 'entry')) - (await lastPosition(database, 'folded'));
  if (waiting > 0) throw new Error(`${waiting} entries are not folded`);
  const members = await database<{ id: string; row: string }[]>`
    select member as id, concat_ws(' ', state, last_order, includes) as row from member_state`;
  const sales = await database<{ id: string; row: string }[]>`
    select sale as id, concat_ws(' ', state, last_order, includes) as row from sale_state`;
  await database.end({ timeout: 5 });
  const mapOf = (rows: readonly { id: string; row: string }[]): Map<string, string> =>
    new Map(rows.map(({ id, row }) => [id, row]));
  return { members: mapOf(members), sales: mapOf(sales) };
}

function differences(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): number {
  return [...new Set([...left.keys(), ...right.keys()])].filter((id) => left.get(id) !== right.get(id)).length;
}
