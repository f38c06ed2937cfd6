/** A disk whose flushes fail, under a real till process: fsync of its ledger reports EIO. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReadOnly } from '../../till/store/open-database.ts';
import { verifyLedger } from '../../till/store/verify/verify-ledger.ts';
import { MIGRATIONS } from '../../till/testing/test-till.ts';
import { scratchFolder, toldTill, type ToldTill } from './testing/told-till.ts';

let scratch: string;
let till: ToldTill;
beforeEach(async () => {
  scratch = scratchFolder();
  till = await toldTill(scratch, path.join(scratch, 'till'), { shim: true });
});
afterEach(() => {
  till.kill();
  rmSync(scratch, { recursive: true });
});

function ledger(): string {
  return path.join(till.dataFolder, 'ledger.db');
}

function references(): (string | null)[] {
  const db = openReadOnly(ledger());
  try {
    return db
      .prepare<[], string | null>(`SELECT CAST(bytes AS TEXT) ->> '$.body.reference' FROM entry ORDER BY seq`)
      .pluck()
      .all();
  } finally {
    db.close();
  }
}

describe('a flush that fails', () => {
  it('confirms nothing, and the till goes on by itself once flushes succeed again; the command is one entry', async () => {
    expect(await till.ask('sell 0')).toMatchObject({ ok: true });
    expect(await till.ask('sell 1')).toMatchObject({ ok: true });
    till.fault('flushes-fail', true);
    expect(await till.ask('sell 2')).toMatchObject({ ok: false, code: 'engine-error' });
    till.fault('flushes-fail', false);
    expect(await till.ask('sell 2')).toMatchObject({ ok: true });
    expect(await till.ask('sell 4')).toMatchObject({ ok: true });
    expect(await till.ask('status')).toMatchObject({ value: { ledger: { stop: null, missing: [] } } });
    expect(await till.ask('end')).toEqual({ closed: true });
    expect(references()).toEqual([null, 'S1', 'S2', 'S4']);
    expect(verifyLedger(ledger(), MIGRATIONS).findings).toEqual([]);
  });

  it('that fails on and on ends in a refusal, not in a sale that may not be on disk', async () => {
    expect(await till.ask('sell 0')).toMatchObject({ ok: true });
    expect(await till.ask('sell 1')).toMatchObject({ ok: true });
    till.fault('flushes-fail', true);
    expect(await till.ask('sell 2')).toMatchObject({ ok: false, code: 'engine-error' });
    const codes = [await till.ask('sell 2'), await till.ask('sell 2')];
    expect(codes).toEqual(Array(2).fill({ ok: false, code: 'disk-failed' }));
    till.kill();
    expect([verifyLedger(ledger(), MIGRATIONS).findings, references()[1]]).toEqual([[], 'S1']);
  });
});
