/** A ledger that an earlier version wrote: it arrives whole, proves itself, and the till sells on. */
import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandId, MemberId } from '../../base/ids.ts';
import { BASE_PROGRAMME, MIGRATIONS, newCommand, openTestTill, type TestTill } from '../testing/test-till.ts';
import { migrate, readMigrations } from './migrate.ts';
import { openDatabase, openReadOnly } from './open-database.ts';
import { verifyLedger } from './verify/verify-ledger.ts';

/** From the layout of now into that of 0001: what the till of then wrote of the same day. */
const INTO_FIRST_LAYOUT = `
  INSERT INTO stream SELECT inc, org, org_name, store, store_name, till, till_name, head_office, public_key, sealing_key, certificate,
    enrolled_at, epoch, acknowledged_seq FROM now.stream;
  INSERT INTO entry SELECT * FROM now.entry ORDER BY rowid;
  INSERT INTO account_balance SELECT * FROM now.account_balance;
  INSERT INTO sale (sale, inc, seq, receipt, number, reference, voided_by)
    SELECT sale, inc, seq, receipt, number, reference, voided_by FROM now.sale ORDER BY number;
  INSERT INTO own_card SELECT code, member, inc, seq FROM now.own_card;
  INSERT INTO own_profile SELECT member, display_name, name_key, birthday_month, birthday_day, joined, phone_hash, email_hash, inc, seq, sealed
    FROM now.own_profile;
  INSERT INTO programme SELECT * FROM now.programme;
  INSERT INTO member_cache SELECT * FROM now.member_cache;
  INSERT INTO print_job SELECT coalesce(job, sale), sale, printer, copy, receipt, state, message, created_at, changed_at FROM now.print_job;
  INSERT INTO command SELECT command.command, name, input_hash, coalesce(command.answer, print_job.answer)
    FROM now.command LEFT JOIN now.print_job ON print_job.number = command.print_job`;

let till: TestTill;
beforeEach(async () => {
  till = await openTestTill({ programme: EARNS_LATER });
});
afterEach(async () => {
  await till.close();
});

const basket = (command: CommandId, member: MemberId | null, reference: string | null = null) => ({
  command,
  member,
  lines: [{ sku: 'COFFEE', quantity: '2', unitPrice: 350 }],
  redeem: [],
  reference,
  expectedDue: null,
});

/** Entries of the first layout said nothing of what may be spent at once, and these do not either. */
const EARNS_LATER = { ...BASE_PROGRAMME, wallets: [{ id: 'points', kind: 'points', pending: 'P1D' }] };

function file(): string {
  return path.join(till.dataFolder, 'ledger.db');
}

function entries(): unknown[] {
  const db = openReadOnly(file());
  const rows = db.prepare('SELECT * FROM entry ORDER BY inc, seq').all();
  db.close();
  return rows;
}

/** Puts a ledger of the first layout, with the same rows, in the place of the till's. */
function goBackToFirst(): void {
  const old = path.join(till.dataFolder, 'old.db');
  const db = openDatabase(old, 'FULL');
  migrate(db, readMigrations(path.join(MIGRATIONS, 'till', 'ledger')).slice(0, 1));
  db.prepare('ATTACH ? AS now').run(file());
  db.exec(INTO_FIRST_LAYOUT);
  db.exec('DETACH now');
  db.close();
  for (const end of ['', '-wal', '-shm']) rmSync(`${file()}${end}`, { force: true });
  renameSync(old, file());
}

describe('a ledger of the first layout', () => {
  it('arrives with every entry, answer and receipt, and the till sells on', async () => {
    const { member } = await till.ask('member.enrol', {
      command: newCommand(),
      card: '2900000000018',
      firstName: null,
      phone: null,
      email: null,
      birthday: null,
    });
    const first = basket(newCommand(), member, 'POS-1');
    const sold = await till.ask('sale.commit', first);
    till.clock.set('2026-03-02T09:00:00Z'); // set back: ids of sales are no order
    const second = await till.ask('sale.commit', basket(newCommand(), null));
    await till.ask('sale.void', { command: newCommand(), sale: second.sale });
    const again = { command: newCommand(), sale: sold.sale };
    const copy = await till.ask('receipt.reprint', again);
    const receipt = await till.ask('receipt.show', { sale: sold.sale });
    await till.engine.parts.prints.idle();
    const before = entries();

    till = await till.reopen(() => {
      goBackToFirst();
      expect(verifyLedger(file(), MIGRATIONS)).toMatchObject({ findings: [], entries: 4 });
    });

    expect(entries()).toEqual(before);
    expect(verifyLedger(file(), MIGRATIONS)).toMatchObject({ findings: [], entries: 4 });
    expect(await till.ask('sale.commit', first)).toEqual(sold);
    expect((await till.ask('receipt.reprint', again)).job).toBe(copy.job);
    expect(await till.ask('receipt.show', { sale: sold.sale })).toEqual(receipt);
    expect(entries()).toEqual(before);

    const third = await till.ask('sale.commit', basket(newCommand(), member));
    expect([sold, second, third].map((sale) => sale.receipt)).toEqual(['T1-000001', 'T1-000002', 'T1-000003']);
    const { sales } = await till.ask('sale.recent', { limit: 9 });
    expect(sales.map((sale) => sale.receipt)).toEqual(['T1-000003', 'T1-000002', 'T1-000001']);
    expect(await till.refusal('sale.commit', { ...first, reference: 'POS-2' })).toBe('command-reused');
    expect(await till.refusal('sale.commit', { ...first, command: newCommand() })).toBe('invalid-request');
    await till.engine.parts.prints.idle();
    expect(verifyLedger(file(), MIGRATIONS)).toMatchObject({ findings: [], entries: 5 });
  });
});
