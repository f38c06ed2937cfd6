/** Real files, really broken: what a till does with them when it starts. */
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  coffees,
  copyOfFolder,
  entriesOf,
  findingsOf,
  ledgerOf,
  openGuarded,
  soldFolder,
} from '../../hosts/testing/damaged-till.ts';
import { openDatabase, openReadOnly } from '../open-database.ts';
import type { GuardedEngine } from '../../hosts/open-engine.ts';

const SALES = 120;
let parent: string;
let template: string;
let folder: string;
let engine: GuardedEngine | undefined;
beforeAll(async () => {
  parent = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-rescue-'));
  template = await soldFolder(SALES, parent);
});
afterAll(() => rmSync(parent, { recursive: true }));
beforeEach(() => {
  folder = copyOfFolder(template);
});
afterEach(async () => {
  await engine?.close();
  engine = undefined;
});

async function status(): Promise<{ ledger: unknown }> {
  const answer = await engine?.call('till.status', {});
  return (answer?.ok === true ? answer.value : {}) as { ledger: unknown }; // the contract's type of this call
}

async function sellsOn(): Promise<boolean> {
  return (await engine?.call('sale.commit', coffees(null)))?.ok === true;
}

/** Flips a bit of the byte at the place; answers the file as it is then. */
function flip(at: number, file = ledgerOf(folder)): Buffer {
  const content = readFileSync(file);
  content[at] = (content[at] ?? 0) ^ 8;
  writeFileSync(file, content);
  return content;
}

function setAside(): string {
  const [only = ''] = readdirSync(path.join(folder, 'damaged'));
  return path.join(folder, 'damaged', only);
}

describe('a ledger that is sound', () => {
  it('is opened as it is', async () => {
    engine = openGuarded(folder);
    expect(await status()).toMatchObject({ ledger: { stop: null, missing: [] } });
    expect(existsSync(path.join(folder, 'damaged'))).toBe(false);
  });
});

describe('a damaged ledger', () => {
  it('whose head is no database any more is set aside as it is, and every entry is salvaged from its pages', async () => {
    const before = entriesOf(folder);
    const broken = flip(3);
    engine = openGuarded(folder);
    expect(readFileSync(path.join(setAside(), 'ledger.db')).equals(broken)).toBe(true);
    expect(entriesOf(folder)).toEqual(before);
    expect(findingsOf(folder)).toEqual([]);
    expect(await status()).toMatchObject({ ledger: { stop: 'damaged', missing: [] } });
    expect(await sellsOn()).toBe(true);
    expect(findingsOf(folder)).toEqual([]);
  });

  it('with a wrong bit in an entry gets that bit back, since the hash says what it was', async () => {
    const before = entriesOf(folder);
    const content = readFileSync(ledgerOf(folder));
    flip(content.indexOf('"COFFEE"', content.indexOf(`"reference":"R${SALES - 1}"`) - 900) + 1);
    engine = openGuarded(folder);
    expect(entriesOf(folder)).toEqual(before);
    expect(findingsOf(folder)).toEqual([]);
  });

  it.each([3, 17, 20, 59])(
    'with a wrong bit in byte %i of its head keeps answers, receipts and programme',
    async (at) => {
      flip(at);
      engine = openGuarded(folder);
      expect(await sellsOn()).toBe(true);
      await engine.close();
      const db = openReadOnly(ledgerOf(folder));
      expect(
        db.prepare('SELECT (SELECT count(*) FROM command) AS commands, (SELECT count(*) FROM print_job) AS jobs').get(),
      ).toEqual({ commands: SALES + 2, jobs: SALES + 1 });
      db.close();
    },
  );

  it('that lost whole pages is salvaged up to them, and says which entries are missing', async () => {
    const before = entriesOf(folder);
    const content = readFileSync(ledgerOf(folder));
    const at = content.indexOf('"seq":60,');
    content.fill(0, at - (at % 4096), at - (at % 4096) + 4096);
    writeFileSync(ledgerOf(folder), content);
    engine = openGuarded(folder);
    const after = entriesOf(folder);
    const first = after.length + 1;
    expect([first > 40, first <= 60]).toEqual([true, true]);
    expect(after).toEqual(before.slice(0, after.length));
    expect(await status()).toMatchObject({ ledger: { stop: 'damaged', missing: [{ first, last: SALES + 1 }] } });
    expect(await sellsOn()).toBe(true);
    expect(findingsOf(folder)).toEqual([]);
  });

  it('that lost pages gets its entries from the backup, where there is one', async () => {
    const before = entriesOf(folder);
    const backupFolder = path.join(folder, 'stick');
    engine = openGuarded(folder, { backupFolder });
    await engine.beats.backup();
    await engine.close();
    const content = readFileSync(ledgerOf(folder));
    const at = content.indexOf('"seq":60,');
    content.fill(0, at - (at % 4096), at - (at % 4096) + 4096);
    writeFileSync(ledgerOf(folder), content);
    engine = openGuarded(folder, { backupFolder });
    expect(entriesOf(folder)).toEqual(before);
    expect(await status()).toMatchObject({ ledger: { stop: 'damaged', missing: [] } });
  });

  it('that was cut in half opens to what is left, and nothing of it is thrown away', async () => {
    const before = entriesOf(folder);
    const half = Math.floor(readFileSync(ledgerOf(folder)).length / 2);
    truncateSync(ledgerOf(folder), half);
    engine = openGuarded(folder);
    const after = entriesOf(folder);
    expect(after).toEqual(before.slice(0, after.length));
    expect(findingsOf(folder)).toEqual([]);
    expect(readFileSync(path.join(setAside(), 'ledger.db')).length).toBe(half);
    expect(await status()).toMatchObject({
      ledger: {
        stop: 'damaged',
        missing: after.length === SALES + 1 ? [] : [{ first: after.length + 1, last: SALES + 1 }],
      },
    });
  });

  it('that is gone altogether leaves the till enrolled, and every entry counted as missing', async () => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${ledgerOf(folder)}${suffix}`, { force: true });
    engine = openGuarded(folder);
    expect(await status()).toMatchObject({
      enrolled: { till: 'Till 1' },
      ledger: { stop: 'damaged', missing: [{ first: 1, last: SALES + 1 }] },
    });
  });

  it('is rescued anew each time it breaks, and each broken file is kept', async () => {
    for (const _ of [1, 2]) {
      flip(3);
      engine = openGuarded(folder);
      await engine.close();
    }
    engine = openGuarded(folder);
    expect(readdirSync(path.join(folder, 'damaged'))).toHaveLength(2);
    expect(entriesOf(folder)).toHaveLength(SALES + 1);
  });

  it('opens whole where the power went while the files changed places', async () => {
    const before = entriesOf(folder);
    flip(3);
    engine = openGuarded(folder);
    await engine.close();
    // As it was just before the rename: the new ledger beside, the marker there, and a WAL of the old one.
    renameSync(ledgerOf(folder), path.join(folder, 'ledger.rescued.db'));
    writeFileSync(ledgerOf(folder), readFileSync(path.join(setAside(), 'ledger.db')));
    writeFileSync(`${ledgerOf(folder)}-wal`, 'of the old file');
    writeFileSync(path.join(folder, 'ledger.swap'), 'x');
    engine = openGuarded(folder);
    expect(entriesOf(folder)).toEqual(before);
    expect(existsSync(path.join(folder, 'ledger.swap'))).toBe(false);
  });
});

describe('a damaged file of members', () => {
  it('is set aside, and the till sells on without it until head office has sent it again', async () => {
    flip(3, path.join(folder, 'members.db'));
    engine = openGuarded(folder);
    expect(await sellsOn()).toBe(true);
    expect(await status()).toMatchObject({ ledger: { stop: null, missing: [] } });
    expect(existsSync(path.join(setAside(), 'members.db'))).toBe(true);
  });
});

describe('the origin of a ledger', () => {
  it('that is older than what the till has written is seen at the start, and no points are spent here', async () => {
    const old = readFileSync(ledgerOf(folder));
    engine = openGuarded(folder);
    expect(await sellsOn()).toBe(true);
    await engine.close();
    writeFileSync(ledgerOf(folder), old);
    engine = openGuarded(folder);
    expect(await status()).toMatchObject({
      ledger: { stop: 'restored', missing: [{ first: SALES + 2, last: SALES + 2 }] },
    });
    expect(await sellsOn()).toBe(true);
    await engine.close();
    engine = openGuarded(folder);
    expect(await status()).toMatchObject({ ledger: { stop: 'restored' } });
  });

  it('that is on another machine is seen as a copy', async () => {
    engine = openGuarded(folder, { machine: { id: 'm2', cards: [] } });
    expect(await status()).toMatchObject({ ledger: { stop: 'copied', missing: [] } });
    expect(await sellsOn()).toBe(true);
  });

  it('says nothing where the count file is gone', async () => {
    rmSync(path.join(folder, 'ledger.count'));
    engine = openGuarded(folder, { machine: { id: 'm2', cards: [] } });
    expect(await status()).toMatchObject({ ledger: { stop: null, missing: [] } });
  });

  it('does not open a ledger that another program writes to', async () => {
    const other = openDatabase(ledgerOf(folder), 'FULL');
    other.exec('BEGIN IMMEDIATE');
    expect(() => openGuarded(folder)).toThrow('Another program writes');
    other.exec('ROLLBACK');
    other.close();
    engine = openGuarded(folder);
    expect(await sellsOn()).toBe(true);
  });
});
