import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MIGRATIONS, newCommand, openTestTill } from '../../testing/test-till.ts';
import { verifyLedger } from './verify-ledger.ts';

let folder: string;
let sound: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-verify-'));
  const till = await openTestTill();
  const { member } = await till.ask('member.enrol', {
    command: newCommand(),
    card: '2900000000018',
    firstName: 'Juniper',
    phone: null,
    email: null,
    birthday: null,
  });
  const sell = (unitPrice: number, redeem: { reward: string }[] = []) =>
    till.ask('sale.commit', {
      command: newCommand(),
      member,
      lines: [{ sku: 'COFFEE', quantity: '1', unitPrice }],
      redeem,
      reference: null,
      expectedDue: null,
    });
  await sell(6000);
  await sell(350, [{ reward: 'free-coffee' }]);
  const last = await sell(1200);
  await till.ask('sale.void', { command: newCommand(), sale: last.sale });
  till.engine.parts.store.streams.acknowledge(currentInc(till), 5, 'e1');
  await till.engine.close();
  sound = path.join(folder, 'ledger.db');
  for (const file of ['ledger.db', 'members.db'])
    copyFileSync(path.join(till.dataFolder, file), path.join(folder, file));
  rmSync(till.dataFolder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

function currentInc(till: Awaited<ReturnType<typeof openTestTill>>) {
  const stream = till.engine.parts.stream();
  if (stream === undefined) throw new Error('not enrolled');
  return stream.inc;
}

/** A copy of the sound ledger that someone with a SQLite tool has changed. */
function tampered(change: (db: Database.Database) => void): ReturnType<typeof verifyLedger> {
  const file = path.join(folder, `tampered-${Math.abs(change.toString().length)}.db`);
  copyFileSync(sound, file);
  const db = new Database(file);
  db.exec('DROP TRIGGER entry_never_changes; DROP TRIGGER entry_never_goes');
  change(db);
  db.exec(`CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'x'); END;
           CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'x'); END`);
  db.close();
  return verifyLedger(file, MIGRATIONS);
}

const where = (report: ReturnType<typeof verifyLedger>) =>
  report.findings.map((finding) => finding.where.replace(/stream [^,]+/, 'stream'));

describe('verify', () => {
  it('finds nothing in a ledger that the till wrote', () => {
    const report = verifyLedger(sound, MIGRATIONS);
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ entries: 5, members: 'checked' });
  });

  it('names the entry whose amount was changed, and the tables that no longer follow', () => {
    const report = tampered((db) => {
      const bytes = db.prepare<[], Buffer>('SELECT bytes FROM entry WHERE seq = 2').pluck().get();
      const changed = bytes
        ?.toString('utf8')
        .replaceAll('"amount":60', '"amount":90')
        .replaceAll('"amount":-60', '"amount":-90');
      db.prepare('UPDATE entry SET bytes = ? WHERE seq = 2').run(Buffer.from(changed ?? ''));
    });
    expect(where(report)).toContain('stream, entry 2');
    expect(where(report).some((place) => place.startsWith('account_balance'))).toBe(true);
  });

  it('names the gap where an entry was taken out', () => {
    const report = tampered((db) => db.exec('DELETE FROM entry WHERE seq = 3'));
    expect(report.findings.map(({ what }) => what)).toContain('Entries 3 to 3 are missing.');
  });

  it('sees that the end was cut off, from what head office has confirmed', () => {
    const report = tampered((db) => db.exec('DELETE FROM entry WHERE seq = 5'));
    expect(report.findings.map(({ what }) => what).join()).toContain('only 4 are here');
  });

  it('sees a balance, a sale and a member state that no entry leads to', () => {
    expect(
      where(
        tampered((db) => db.exec("UPDATE account_balance SET balance = balance + 5 WHERE account LIKE 'member:%'")),
      ),
    ).toHaveLength(2);
    expect(where(tampered((db) => db.exec("UPDATE sale SET receipt = 'T1-999999' WHERE seq = 2")))).not.toEqual([]);
    expect(
      where(tampered((db) => db.exec(`UPDATE member_cache SET state = replace(state, '"visits":2', '"visits":9')`))),
    ).toHaveLength(1);
  });

  it('sees a signature by another key, a missing trigger and another programme', () => {
    expect(
      where(
        tampered((db) =>
          db.exec("UPDATE entry SET signature = replace(signature, substr(signature, 1, 4), 'AAAA') WHERE seq = 3"),
        ),
      ),
    ).toEqual(['stream, entry 3']);
    const file = path.join(folder, 'no-trigger.db');
    copyFileSync(sound, file);
    const db = new Database(file);
    db.exec('DROP TRIGGER entry_never_goes');
    db.close();
    expect(where(verifyLedger(file, MIGRATIONS))).toEqual(['file']);
  });

  it('answers in words for a file that is missing, no database or cut short', () => {
    expect(verifyLedger(path.join(folder, 'nowhere.db'), MIGRATIONS).findings).toHaveLength(1);
    const text = path.join(folder, 'text.db');
    writeFileSync(text, 'this is no database, however long it may go on like this');
    expect(verifyLedger(text, MIGRATIONS).findings).toHaveLength(1);
    const cut = path.join(folder, 'cut.db');
    writeFileSync(cut, readFileSync(sound).subarray(0, 20_000));
    expect(verifyLedger(cut, MIGRATIONS).findings.length).toBeGreaterThan(0);
  });

  it('never passes a file in which a byte of an entry was flipped', () => {
    const original = readFileSync(sound);
    const db = new Database(sound, { readonly: true });
    const entries = db.prepare<[], Buffer>('SELECT bytes FROM entry').pluck().all();
    db.close();
    const flipped = path.join(folder, 'flipped.db');
    for (const [index, bytes] of entries.entries()) {
      const copy = Buffer.from(original);
      const places = placesOfOwnPart(original, bytes, entries);
      expect(places).not.toEqual([]);
      for (const place of places) {
        const at = place + ((index * 97 + 31) % PART_BYTES);
        copy.writeUInt8(copy.readUInt8(at) ^ 0x04, at);
      }
      writeFileSync(flipped, copy);
      expect(verifyLedger(flipped, MIGRATIONS).findings.length).toBeGreaterThan(0);
    }
  });
});

const PART_BYTES = 60;

/** Of a part that no other entry has and that is not cut by the end of a page: entries are longer than one. */
function placesOfOwnPart(file: Buffer, bytes: Buffer, entries: readonly Buffer[]): number[] {
  for (let start = 0; start + PART_BYTES <= bytes.length; start += 1) {
    const part = bytes.subarray(start, start + PART_BYTES);
    const places = allPlaces(file, part);
    if (places.length > 0 && entries.every((other) => other === bytes || !other.includes(part))) return places;
  }
  return [];
}

/** SQLite leaves copies of moved rows in the free space of its pages; which one counts is its own affair. */
function allPlaces(file: Buffer, bytes: Buffer): number[] {
  const places: number[] = [];
  for (let at = file.indexOf(bytes); at >= 0; at = file.indexOf(bytes, at + 1)) places.push(at);
  return places;
}
