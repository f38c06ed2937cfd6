/** Real tills take real snapshots of a real head office; what they sell meanwhile counts once. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { present } from '../../../base/assert.ts';
import type { BusinessDate } from '../../../base/business-date.ts';
import type { CardCode, MemberId } from '../../../base/ids.ts';
import { FEED_PATH, PUSH_PATH, SNAPSHOT_PATH } from '../../../sync/protocol/paths.ts';
import { signedManifestSchema } from '../../../sync/protocol/snapshot.ts';
import { testServers } from '../../../sync/server/testing/databases.ts';
import { insertManyMembers, memberOfNumber } from '../../../sync/server/testing/many-members.ts';
import { verifyLedger } from '../../../till/store/verify/verify-ledger.ts';
import { MIGRATIONS } from '../../../till/testing/test-till.ts';
import {
  isPiece,
  openSnapshotBed,
  pointsAt,
  sellTea,
  syncWhole,
  warningsOf,
  watchedLine,
  type SnapshotBed,
} from './snapshot-bed.ts';

const MEMBERS = 10_000;
const MORE = 6_000;
const ADA = 'ada' as MemberId; // a name of the tests
const CARD = '2999999999991' as CardCode; // likewise
const DONE = { ok: true, value: undefined };

describe.each(testServers().slice(0, 1))('a snapshot of all members on $title', (server) => {
  let bed: SnapshotBed;
  let pieces: number;

  beforeAll(async () => {
    bed = await openSnapshotBed(server, MEMBERS);
    await bed.ho.office.admin.enrolMember({ id: ADA, cards: [CARD], joined: '2026-01-01' as BusinessDate }); // in its form
    await bed.ho.office.admin.buildSnapshot();
    const [row] = await bed.ho.database<{ pieces: number }[]>`select count(*) as pieces from snapshot_chunk`;
    pieces = present(row, 'a count').pieces;
  });
  afterEach(() => bed.closeTills());
  afterAll(() => bed.end());

  it('reaches a new till as a file, the programme before it', async () => {
    expect(pieces).toBeGreaterThan(3);
    const { asked, line } = watchedLine();
    const { engine, dataFolder } = await bed.newTill(line);
    expect(await syncWhole(engine)).toEqual(DONE);
    expect(
      asked.filter((one) => one === SNAPSHOT_PATH || one === 'piece' || one.startsWith(FEED_PATH)).slice(0, 3),
    ).toEqual([SNAPSHOT_PATH, `${FEED_PATH} first`, 'piece']);
    expect(asked.filter((one) => one === 'piece')).toHaveLength(pieces);
    expect(pointsAt(engine, (await memberOfNumber(bed.ho.database, 17)).card)).toBe(18 + 7);
    expect(warningsOf(engine)).not.toContain('members-coming');
    expect(readdirSync(dataFolder).filter((name) => name.includes('next'))).toEqual([]);
    await bed.close({ engine });
    expect(verifyLedger(path.join(dataFolder, 'ledger.db'), MIGRATIONS)).toMatchObject({
      findings: [],
      members: 'checked',
    });
  });

  it('goes on after a cut and a restart with the pieces that are missing', async () => {
    let left = 2;
    const first = watchedLine((address, answer) => {
      if (isPiece(address)) left -= 1;
      if (left < 0)
        throw Object.assign(new TypeError('fetch failed'), {
          cause: Object.assign(new Error('down'), { code: 'ECONNREFUSED' }),
        });
      return answer;
    });
    const till = await bed.newTill(first.line);
    expect(await syncWhole(till.engine)).toMatchObject({ ok: false, error: { code: 'head-office-unreachable' } });
    expect(warningsOf(till.engine)).toContain('members-coming');
    await bed.close(till);
    const second = watchedLine();
    const again = bed.reopen(till, second.line);
    expect(await syncWhole(again.engine)).toEqual(DONE);
    expect(second.asked.filter((one) => one === 'piece')).toHaveLength(pieces - 2);
    expect(pointsAt(again.engine, (await memberOfNumber(bed.ho.database, 4_000)).card)).toBe(4_001 + 7);
  });

  it('is fetched again where a piece came damaged', async () => {
    let spoiled = 0;
    const { asked, line } = watchedLine(async (address, answer) => {
      if (!isPiece(address) || spoiled === 2) return answer;
      spoiled += 1;
      const bytes = Buffer.from(await answer.arrayBuffer());
      bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
      return new Response(bytes, { status: 200 });
    });
    const { engine } = await bed.newTill(line);
    expect(await syncWhole(engine)).toEqual(DONE);
    expect(asked.filter((one) => one === 'piece')).toHaveLength(pieces + 2);
    expect(engine.parts.store.snapshot.origin()).toMatchObject({ memberRows: MEMBERS + 1 });
  });

  it('is never used with a wrong signature, and the status says so', async () => {
    const { asked, line } = watchedLine(async (address, answer) => {
      if (new URL(address).pathname !== SNAPSHOT_PATH) return answer;
      const offer = (await answer.json()) as { snapshot: unknown }; // as head office sends it
      const { text, signature } = signedManifestSchema.parse(offer.snapshot);
      return Response.json({ ...offer, snapshot: { text: text.replace('"rows":', '"rows":1'), signature } });
    });
    const { engine } = await bed.newTill(line);
    expect(await syncWhole(engine)).toEqual(DONE);
    expect(asked).not.toContain('piece');
    expect(warningsOf(engine)).toContain('snapshot-not-proven');
    expect(engine.parts.store.snapshot.origin()).toBeUndefined();
    // By rows, all the same.
    expect(pointsAt(engine, (await memberOfNumber(bed.ho.database, MEMBERS)).card)).toBe((MEMBERS % 5_000) + 1 + 7);
  });

  it('takes the place of old rows, after the till’s own entries, and counts each once', async () => {
    const { asked, line } = watchedLine();
    const { engine, dataFolder } = await bed.newTill(line);
    const other = (await bed.newTill()).engine;
    for (const till of [engine, other]) expect(await syncWhole(till)).toEqual(DONE);

    const early = await sellTea(engine, ADA);
    expect(await syncWhole(engine)).toEqual(DONE);
    await sellTea(engine, ADA); // on no disk but this till's while it is away
    await insertManyMembers(bed.ho.database, MORE, MEMBERS + 1);
    await bed.ho.office.admin.foldToEnd();
    expect(await bed.ho.office.admin.buildSnapshot()).toMatchObject({
      outcome: 'built',
      built: { rows: MEMBERS + 1 + MORE },
    });
    expect(await syncWhole(other)).toEqual(DONE);
    await sellTea(other, ADA);
    expect(await syncWhole(other)).toEqual(DONE);
    await bed.ho.office.admin.foldToEnd();
    expect(pointsAt(engine, CARD)).toBe(10);

    asked.length = 0;
    await bed.close({ engine });
    const back = bed.reopen({ engine, dataFolder }, line);
    expect(await syncWhole(back.engine)).toEqual(DONE);
    await bed.ho.office.admin.foldToEnd();
    expect(await syncWhole(back.engine)).toEqual(DONE);
    expect(asked.indexOf(PUSH_PATH)).toBeLessThan(asked.indexOf('piece'));
    expect(back.engine.parts.store.snapshot.origin()).toMatchObject({
      memberRows: MEMBERS + 1 + MORE,
      besidePosition: null,
    });
    expect(pointsAt(back.engine, CARD)).toBe(15);
    expect(back.engine.parts.store.sales.find(early)).toBeDefined();
    await bed.close(back);
    expect(verifyLedger(path.join(dataFolder, 'ledger.db'), MIGRATIONS)).toMatchObject({
      findings: [],
      members: 'checked',
    });
  }, 120_000); // six syncs and two snapshots
});
