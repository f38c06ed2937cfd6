/** The client of head office's database: one way to open it, with the types that we rely on. */
import { connect, type Socket } from 'node:net';
import postgres from 'postgres';
import { assert } from '../../../base/assert.ts';
import { isLost } from './away.ts';

type Types = { bigint: number };

/** A pool of connections. */
export type Database = postgres.Sql<Types>;
/** What a statement runs on: the pool, or a transaction. */
export type Queries = postgres.ISql<Types>;
/** A statement that must run inside a transaction takes this. */
export type Transaction = postgres.TransactionSql<Types>;

export type ClientOptions = { readonly connectionsMax?: number };

export function openClient(url: string, { connectionsMax = 10 }: ClientOptions = {}): Database {
  const options = {
    max: connectionsMax,
    onnotice: (): void => undefined,
    connect_timeout: 10,
    // An accepted entry is durable: the server's own default might be weaker. Thousands of rows in one statement stay in memory.
    connection: { application_name: 'loyaltill', synchronous_commit: 'on', TimeZone: 'UTC', work_mem: '32MB' },
    transform: { column: { from: postgres.toCamel } },
    types: { bigint: { to: 20, from: [20], serialize: String, parse: exactInteger } },
    socket: openSocket,
  };
  const client = postgres<{ bigint: postgres.PostgresType<number> }>(url, options);
  return Object.assign(client, { begin: begunSafely(client) });
}

type Work = (transaction: Transaction) => unknown;

/**
 * Where the connection of a transaction is lost, the client would write the end of that transaction to a socket that is no more, which ends the
 * process, or to the next one that it opened. So what runs in it then stands still; the caller has the client's error by itself.
 */
function begunSafely(client: Database): Database['begin'] {
  const begin = client.begin.bind(client);
  const safely = async (first: string | Work, second?: Work): Promise<unknown> => {
    const [options, work] = typeof first === 'string' ? [first, second] : ['', first];
    assert(work !== undefined, 'a transaction without work');
    let over = false;
    const outcome = begin(options, async (transaction) => {
      try {
        const done = await work(transaction);
        return over ? await never() : done;
      } catch (error) {
        if (over || isLost(error)) return await never();
        throw error;
      }
    });
    outcome.catch(() => {
      over = true;
    });
    return await outcome;
  };
  return safely as Database['begin']; // the same, whatever the work gives
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

type Address = {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path: string | false | undefined;
};

/**
 * Without Nagle's algorithm, which holds the end of a large statement back for up to 40 ms; the client has no option for it. Its own names
 * for host and port are set, since it looks the name of a TLS certificate up there. Given before it is connected: of one that cannot be had
 * the client must see the end, else it never tries that connection again.
 */
function openSocket({ host: [host = 'localhost'], port: [port = 5432], path }: Address): Socket {
  const to = typeof path === 'string' && path !== '' ? { path } : { host, port };
  return Object.assign(connect({ ...to, noDelay: true }), { host, port });
}

/** What we rely on: a confirmed entry survives a power cut, and any text of an entry can be kept. */
const SETTINGS = { synchronous_commit: 'on', fsync: 'on', full_page_writes: 'on', server_encoding: 'UTF8' };

export async function assertDurable(database: Database): Promise<void> {
  for (const [name, expected] of Object.entries(SETTINGS)) {
    const [row] = await database<{ setting: string }[]>`select current_setting(${name}) as setting`;
    assert(
      row?.setting === expected,
      `this database may lose what it confirmed: ${name} is ${row?.setting}, not ${expected}`,
    );
  }
}

function exactInteger(text: string): number {
  const number = Number(text);
  assert(Number.isSafeInteger(number), `beyond 2^53: ${text}`);
  return number;
}
