/** Members by the hundred thousand, for tests and benchmarks of size: written straight to the tables, as the fold would leave them. */
import type { CardCode, MemberId } from '../../../base/ids.ts';
import { NEW_MEMBER_STATE } from '../../../ledger/member-state.ts';
import { encodeState, memberStateSchema } from '../../../ledger/state-text.ts';
import type { Database } from '../store/client.ts';
import { FOLD_VERSION } from '../store/member-states.ts';

const BORN_MS = 1_735_689_600_000; // 2025: ids begin with the time
const NAMES = ['Ada', 'Ben', 'Chiara', 'Dilan', 'Elif', 'Farid', 'Grete', 'Hannes', 'İnci', 'José', 'Katharina', 'Léa'];

/**
 * Each has a name, hashes of phone and e-mail, a card, and a state with a wallet, a lot and a sale. `first` is the number of the first, from 1;
 * they get the next positions of the feed.
 */
export async function insertManyMembers(database: Database, count: number, first = 1): Promise<void> {
  const last = first + count - 1;
  await database.begin(async (transaction) => {
    const numbers = transaction`(
      select n, md5(n::text) as hash, lpad(to_hex(${BORN_MS}::bigint + n), 12, '0') as time, '29' || lpad(n::text, 10, '0') as digits
      from generate_series(${first}::bigint, ${last}::bigint) as n) as numbers`;
    const id = transaction`(left(time, 8) || '-' || right(time, 4) || '-7' || left(hash, 3) || '-8' || substr(hash, 4, 3) || '-' || right(hash, 12))`;
    const name = transaction`(${NAMES}::text[])[1 + n % ${NAMES.length}::int]`;
    await transaction`
      insert into member (id, joined, first_name, name_key, phone_hash, email_hash, birthday)
      select ${id}, '2025-01-01', ${name}, lower(${name}), ${hashOf(transaction, 'p')}, ${hashOf(transaction, 'e')},
        lpad((1 + n % 12)::text, 2, '0') || '-' || lpad((1 + n % 28)::text, 2, '0')
      from ${numbers}`;
    await transaction`
      insert into card (code, member, owner, status, order_key, inc, seq)
      select digits || ${transaction.unsafe(CHECK_DIGIT)}, ${id}, ${id}, 'active', '', 'made', n from ${numbers}`;
    const [taken] = await transaction<{ last: number }[]>`
      update counter set last = last + ${count} where name = 'feed' returning last`;
    const before = (taken?.last ?? count) - count;
    await transaction`
      insert into member_state (member, version, position, state, last_order, includes, made_by)
      select ${id}, 1, ${before}::bigint + n - ${first - 1}::bigint, replace(${STATE}, '4711', (1 + n % 5000)::text),
        '2026-03-01', '{}', ${FOLD_VERSION}
      from ${numbers}`;
  });
  await database`analyze member, card, member_state`;
}

function hashOf(database: Pick<Database, 'unsafe'>, salt: string) {
  return database.unsafe(`translate(encode(sha256((n || '${salt}')::bytea), 'base64'), '+/=', '-_')`);
}

/** EAN-13: odd places count once, even ones three times. */
const CHECK_DIGIT = `((10 - (${Array.from({ length: 12 }, (_, at) => `substr(digits, ${at + 1}, 1)::int * ${at % 2 === 0 ? 1 : 3}`).join(' + ')}) % 10) % 10)::text`;

/** Who was here lately: two lots, a sale, a reward used. */
const STATE = encodeState(
  memberStateSchema.parse({
    ...NEW_MEMBER_STATE,
    wallets: {
      points: {
        lots: [
          { lot: 1, sale: null, earned: '2026-01-02', from: null, end: null, amount: 4711 },
          { lot: 2, sale: 'sale-4711', earned: '2026-03-01', from: null, end: null, amount: 7 },
        ],
        below: 0,
        next: 3,
      },
    },
    visits: 12,
    sales: [
      {
        sale: 'sale-4711',
        date: '2026-03-01',
        store: 's1',
        lines: [{ sku: 'COFFEE', category: null, tags: [], quantity: '2', paid: 700 }],
        earned: [{ rule: 'base', wallet: 'points', amount: 7 }],
        uses: { 'free-coffee': 1 },
        took: {},
        gifts: [],
      },
    ],
    uses: { 'free-coffee': { ever: 3, months: { '2026-03': 1 } } },
  }),
);

export async function memberOfNumber(
  database: Database,
  number: number,
): Promise<{ member: MemberId; card: CardCode }> {
  const [found] = await database<{ member: MemberId; card: CardCode }[]>`
    select member, code as card from card where code like ${`29${String(number).padStart(10, '0')}%`}`;
  if (found === undefined) throw new Error(`there is no member ${number}`);
  return found;
}
