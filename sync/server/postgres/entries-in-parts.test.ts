import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureEntryParts } from '../store/entry-parts.ts';
import { openTestDatabase, testServers, type TestDatabase } from '../testing/databases.ts';
import { migrate, MIGRATIONS_FOLDER } from './migrate.ts';

const FILE = '0010_entries_in_parts.sql';
const ENTRIES = 3_000;

describe.each(testServers())('entries in parts on $title', (server) => {
  let test: TestDatabase;
  let before: string;

  beforeEach(async () => {
    test = await openTestDatabase(server);
    before = mkdtempSync(join(tmpdir(), 'loyaltill-parts-'));
    for (const name of readdirSync(MIGRATIONS_FOLDER).filter((file) => file < FILE))
      cpSync(join(MIGRATIONS_FOLDER, name), join(before, name));
    await migrate(test.client, before);
    await test.client`
      insert into store (id, name, locale, receipt_header, receipt_footer, own, position, created_at)
      values ('s', 'S', 'en', '{}', '{}', false, 1, 1)`;
    await test.client`insert into till (id, store, name, position, created_at) values ('t', 's', 'T', 2, 1)`;
    await test.client`
      insert into incarnation (id, till, public_key, software, protocol, received_head, enrolled_at)
      select 'i' || number, 't', 'k' || number, 'test', 1, 'h', 1 from generate_series(0, 6) as number`;
    await test.client`
      insert into entry (position, inc, seq, store, till, id, kind, member, order_key, text, hash, signature, received_at)
      select number, 'i' || number % 7, number / 7 + 1, 's', 't', 'e' || number, case when number % 50 = 0 then 'goal' else 'sale' end,
        case when number % 3 = 0 then null else 'm' || number % 100 end, 'o' || number, '{"n":' || number || '}', 'h' || number,
        case when number % 10 = 0 then 'x' end, number
      from generate_series(1, ${ENTRIES}) as number`;
    await test.client`insert into entry_sale (sale, order_key, inc, seq) select 's' || position / 2, order_key, inc, seq from entry`;
    await test.client`
      insert into entry_account (account, order_key, inc, seq)
      select 'other', order_key, inc, seq from entry where position % 4 = 0`;
    await test.client`update counter set last = ${ENTRIES} where name = 'entry'`;
  });
  afterEach(async () => {
    await test.close();
    rmSync(before, { recursive: true });
  });

  const rows = async (): Promise<unknown[]> => [...(await test.client`select * from entry order by position`)];
  const placesOf = async (query: string): Promise<unknown[]> => [...(await test.client.unsafe(query))];
  const parts = async (): Promise<string[]> =>
    (
      await test.client<{ name: string }[]>`
        select inhrelid::regclass::text as name from pg_inherits where inhparent = 'entry'::regclass order by 1`
    ).map(({ name }) => name);

  it('carries every row over, and what was entered beside them', async () => {
    const entries = await rows();
    const sales = await placesOf(
      'select sale, position from entry_sale join entry using (inc, seq) order by sale, position',
    );
    const accounts = await placesOf(
      'select account, position from entry_account join entry using (inc, seq) order by account, position',
    );
    expect(await migrate(test.client)).toMatchObject({ ok: true });
    expect(entries.length).toBe(ENTRIES);
    expect(await rows()).toEqual(entries);
    expect(await placesOf('select sale, position from entry_sale order by sale, position')).toEqual(sales);
    expect(await placesOf('select account, position from entry_account order by account, position')).toEqual(accounts);
  });

  it('keeps what is never changed, in its parts too', async () => {
    await migrate(test.client);
    const refused = ['update entry set kind = kind', 'delete from entry', 'truncate entry', 'delete from entry_0'];
    for (const statement of [...refused, 'truncate entry_0'])
      await expect(test.client.unsafe(statement)).rejects.toThrow('its rows are for ever');
    await expect(
      test.client`
        insert into entry (position, inc, seq, store, till, id, kind, order_key, text, hash, received_at)
        values (${ENTRIES + 1}, 'i1', 1, 's', 't', 'again', 'sale', 'o', '{}', 'h', 1)`,
    ).rejects.toThrow('entry_0_identity');
    expect(await rows()).toHaveLength(ENTRIES);
  });

  it('makes the next parts in time, once, and reads across them', async () => {
    await migrate(test.client);
    await test.client`update counter set last = 39999999 where name = 'entry'`;
    const made = await Promise.all([ensureEntryParts(test.client), ensureEntryParts(test.client)]);
    expect([made.reduce((sum, count) => sum + count, 0), await ensureEntryParts(test.client)]).toEqual([2, 0]);
    expect(await parts()).toEqual(['entry_0', 'entry_1', 'entry_2', 'entry_3']);
    await test.client`
      insert into entry (position, inc, seq, store, till, id, kind, order_key, text, hash, received_at)
      select 40000000 + number, 'i1', 1000 + number, 's', 't', 'later' || number, 'sale', 'z' || number, '{}', 'h', 1
      from generate_series(-1, 1) as number`;
    const last =
      await test.client`select id, tableoid::regclass::text as part from entry order by position desc limit 4`;
    expect([...last]).toEqual([
      { id: 'later1', part: 'entry_2' },
      { id: 'later0', part: 'entry_2' },
      { id: 'later-1', part: 'entry_1' },
      { id: `e${ENTRIES}`, part: 'entry_0' },
    ]);
    await expect(test.client`delete from entry_2`).rejects.toThrow('its rows are for ever');
  });

  it('touches one part where the position is known', async () => {
    await migrate(test.client);
    await test.client`select add_entry_parts(100000000)`;
    const plan = await test.client`
      explain select text from entry where position > 99999990 order by position limit 1000`;
    const text = JSON.stringify(plan);
    expect([text.includes('entry_4'), text.includes('entry_3'), text.includes('entry_0')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
