/** A database of head office that entries are laid into as they are, by namespaces: many arrivals of one history beside each other. */
import type { IncarnationId, MemberId, SaleId, StoreId, TillId } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import type { Entry } from '../../../ledger/entry.ts';
import { orderKey } from '../../../ledger/order.ts';
import { foundOrganisation } from '../admin/found-organisation.ts';
import type { Setting } from '../admin/setting.ts';
import { foldBatch } from '../fold/fold-batch.ts';
import { migrate } from '../postgres/migrate.ts';
import { appendEntries } from '../store/entries.ts';
import { insertIncarnation } from '../store/incarnations.ts';
import { insertStore, insertTill } from '../store/stores.ts';
import { openTestDatabase, type TestServer } from './databases.ts';

export type FoldBed = {
  readonly setting: Setting;
  /** Appends entries of one stream, which is made where it is not there yet. */
  append(space: string, entries: readonly Entry[]): Promise<void>;
  foldToEnd(): Promise<void>;
  /** States by account, as text, and what the rows include, without the namespace. */
  members(space: string): Promise<Record<string, string>>;
  sales(space: string): Promise<Record<string, string>>;
  close(): Promise<void>;
};

const NOW = Date.UTC(2026, 5, 15, 10);

export async function openFoldBed(server: TestServer): Promise<FoldBed> {
  const test = await openTestDatabase(server);
  const database = test.client;
  await migrate(database);
  const org = await foundOrganisation(database, { name: 'Test', countryCode: '49' }, NOW);
  const streams = new Map<string, { inc: IncarnationId; till: TillId; store: StoreId }>();
  const place = { own: false, position: 0, at: NOW };
  const streamOf = async (space: string, { inc, till, store }: Entry) => {
    const known = streams.get(space + inc);
    if (known !== undefined) return known;
    const stream = named(space, { inc, till, store });
    await insertStore(
      database,
      { id: stream.store, name: 'S', locale: 'en', receiptHeader: [], receiptFooter: [] },
      place,
    );
    await insertTill(database, { id: stream.till, name: 'T', store: stream.store }, place);
    await insertIncarnation(database, {
      id: stream.inc,
      till: stream.till,
      publicKey: stream.inc,
      privateKey: null,
      software: 'test',
      protocol: 1,
      receivedHead: sha256(stream.inc),
      enrolledAt: NOW,
    });
    streams.set(space + inc, stream);
    return stream;
  };
  const rowsOf = (space: string, rows: readonly { id: string; state: string; includes: string }[]) =>
    Object.fromEntries(
      rows.map(({ id, state, includes }) => [
        id.slice(space.length),
        `${state} ${includes}`.replaceAll(`"${space}`, '"'),
      ]),
    );
  return {
    setting: { database, org, clock: () => NOW },
    append: async (space, entries) => {
      const [first] = entries;
      if (first === undefined) return;
      const stream = await streamOf(space, first);
      const rows = entries.map((entry) => {
        const own = named(space, entry);
        const text = JSON.stringify(own);
        const { seq, id, kind, member } = own;
        return { seq, id, kind, member, orderKey: orderKey(own), text, hash: sha256(text), signature: null };
      });
      await database.begin((transaction) => appendEntries(transaction, stream, rows, NOW));
    },
    foldToEnd: async () => {
      while ((await foldBatch(database, org, NOW)) > 0);
    },
    members: async (space) =>
      rowsOf(
        space,
        await database<{ id: MemberId; state: string; includes: string }[]>`
          select member as id, state, includes from member_state where starts_with(member, ${space}) order by member collate "C"`,
      ),
    sales: async (space) =>
      rowsOf(
        space,
        await database<{ id: SaleId; state: string; includes: string }[]>`
          select sale as id, state, includes from sale_state where starts_with(sale, ${space}) order by sale collate "C"`,
      ),
    close: () => test.close(),
  };
}

const NAMES = new Set(['id', 'till', 'inc', 'store', 'member', 'sale', 'from', 'to', 'by', 'account', 'referredBy']);

/** The same with all names of tills, members and sales in the namespace. */
function named<Value>(space: string, value: Value, key = ''): Value {
  if (typeof value === 'string') {
    if (value.startsWith('member:')) return `member:${space}${value.slice('member:'.length)}` as Value; // a string too
    const isName = NAMES.has(key) && !BOOKS.has(value);
    return isName ? (`${space}${value}` as Value) : value; // likewise
  }
  if (Array.isArray(value)) return value.map((item: unknown) => named(space, item)) as Value; // of the same shape
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([name, part]: [string, unknown]) => [name, named(space, part, name)]);
  return Object.fromEntries(entries) as Value; // likewise
}

const BOOKS = new Set(['issued', 'redeemed', 'expired', 'adjusted']);
