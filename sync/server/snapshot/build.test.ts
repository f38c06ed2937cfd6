import { readdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BusinessDate } from '../../../base/business-date.ts';
import type { CardCode, HashHex, IncarnationId, MemberId } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import { verifier } from '../../../base/node/signing.ts';
import { SNAPSHOT_CHUNK_PATH, SNAPSHOT_PATH } from '../../protocol/paths.ts';
import {
  manifestToSign,
  SNAPSHOT_ROWS_MIN,
  snapshotManifestSchema,
  snapshotOfferSchema,
  type SnapshotManifest,
} from '../../protocol/snapshot.ts';
import { loadOrganisation, type Organisation } from '../store/organisation.ts';
import { newestSnapshot, withSnapshotLock } from '../store/snapshots.ts';
import { testServers } from '../testing/databases.ts';
import { insertManyMembers } from '../testing/many-members.ts';
import { startTestHeadOffice, type TestHeadOffice } from '../testing/test-head-office.ts';
import { batchOf, earning, record, recordSale, tokenOf, type TestTill } from '../testing/test-till.ts';
import { buildSnapshot } from './build.ts';
import { isSnapshotDue } from './snapshot-loop.ts';

const ADA = 'ada' as MemberId; // names of the tests
const BEN = 'ben' as MemberId;
const CARD = '2999999999991' as CardCode;

describe.each(testServers())('snapshots of head office on $title', (server) => {
  let ho: TestHeadOffice;
  let org: Organisation;
  let folder: string;
  let till: TestTill;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'loyaltill-build-'));
    ho = await startTestHeadOffice(server);
    const loaded = await loadOrganisation(ho.database);
    if (loaded === undefined) throw new Error('it was founded');
    org = loaded;
    for (const id of [ADA, BEN]) {
      const cards = id === ADA ? [CARD] : [];
      const profile = { firstName: 'Ada', phone: '+49 151 1234567', birthday: '1990-05-17' };
      await ho.office.admin.enrolMember({
        id,
        cards,
        joined: '2026-01-01' as BusinessDate,
        ...(id === ADA ? profile : {}),
      });
    }
    till = await ho.enrolTill('t1');
  });
  afterAll(async () => {
    await ho.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const build = () => buildSnapshot({ database: ho.database, org, at: ho.clock.now, folder });
  const newest = async (): Promise<SnapshotManifest> => {
    const kept = await newestSnapshot(ho.database, org.epoch);
    return snapshotManifestSchema.parse(JSON.parse(kept?.text ?? 'null'));
  };
  const chunk = async (hash: HashHex): Promise<Buffer> => {
    const headers = { authorization: `Bearer ${await tokenOf(till, ho.clock.now)}` };
    const answer = await fetch(`${ho.office.url}${SNAPSHOT_CHUNK_PATH}/${hash}`, { headers });
    return brotliDecompressSync(Buffer.from(await answer.arrayBuffer()));
  };
  const opened = async <Row>(sql: string): Promise<Row[]> => {
    const { chunks } = await newest();
    const db = new Database(Buffer.concat(await Promise.all(chunks.map(chunk))));
    const rows = db.prepare<[], Row>(sql).all();
    db.close();
    return rows;
  };

  it('are signed, whole by their hashes, and hold of a person what the feed tells tills', async () => {
    expect(await build()).toMatchObject({ outcome: 'built', built: { rows: 2 } });
    const kept = await newestSnapshot(ho.database, org.epoch);
    expect(verifier(org.signing.publicKey).verify(manifestToSign(kept?.text ?? ''), kept?.signature ?? '')).toBe(true);
    const manifest = await newest();
    const chunks = await Promise.all(manifest.chunks.map(chunk));
    expect(chunks.map((bytes) => sha256(bytes))).toEqual(manifest.chunks);
    expect(chunks.reduce((sum, { length }) => sum + length, 0)).toBe(manifest.bytes);
    const [ada] = await opened<Record<string, unknown>>("SELECT * FROM member WHERE member = 'ada'");
    const [row] = await ho.database<{ phoneHash: string }[]>`select phone_hash from member where id = ${ADA}`;
    expect(ada).toMatchObject({
      display_name: 'Ada',
      name_key: 'ada',
      birthday_month: 5,
      birthday_day: 17,
      phone_hash: row?.phoneHash,
      email_hash: null,
      cards: `["${CARD}"]`,
      includes: '*',
      blocked: 0,
    });
    expect(JSON.stringify(ada)).not.toMatch(/1990|1234567/);
    expect(await opened('SELECT code, member, status FROM card')).toEqual([
      { code: CARD, member: ADA, status: 'active' },
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('say up to which entry of each stream all rows go, not counting what is not folded', async () => {
    const { inc } = till.identity;
    recordSale(till, ho.clock.now, ADA, 3);
    recordSale(till, ho.clock.now + 1, BEN, 4);
    await ho.push(till, batchOf(till));
    await ho.office.admin.foldToEnd();
    await build();
    expect(await includes()).toContainEqual([inc, 2]);
    // As while the fold is behind: the second entry is accepted, and in no row.
    await ho.database.begin(async (transaction) => {
      const [entry] = await transaction<
        { position: number }[]
      >`select position from entry where inc = ${inc} and seq = 2`;
      const before = await transaction<{ last: number }[]>`select last from counter where name = 'folded' for update`;
      await transaction`update counter set last = ${(entry?.position ?? 0) - 1} where name = 'folded'`;
      return before;
    });
    await build();
    expect(await includes()).toContainEqual([inc, 1]);
    await ho.database`update counter set last = (select last from counter where name = 'entry') where name = 'folded'`;
  });

  it('say of a member whose entries wait what its own row includes', async () => {
    const { inc } = till.identity;
    record(till, { at: ho.clock.now + 2, kind: 'of-tomorrow', member: ADA, postings: earning(ADA, 5), body: {} });
    recordSale(till, ho.clock.now + 3, BEN, 4);
    await ho.push(till, batchOf(till));
    await ho.office.admin.foldToEnd();
    await build();
    expect(await includes()).toContainEqual([inc, 4]);
    const rows = await opened<{ member: string; includes: string }>(
      'SELECT member, includes FROM member ORDER BY member',
    );
    const own = JSON.parse(rows[0]?.includes ?? '') as [IncarnationId, number][]; // as tills keep them
    expect(own).toContainEqual([inc, 1]);
    expect(rows[1]).toEqual({ member: BEN, includes: '*' });
  });

  it('are kept two at a time, with the pieces that they name and no others', async () => {
    await insertManyMembers(ho.database, 100);
    for (let round = 0; round < 3; round += 1) {
      ho.clock.now += 1_000;
      await build();
    }
    const rows = await ho.database<{ manifest: string }[]>`select manifest from snapshot order by id`;
    expect(rows).toHaveLength(2);
    const named = new Set(rows.flatMap(({ manifest }) => snapshotManifestSchema.parse(JSON.parse(manifest)).chunks));
    const kept = await ho.database<{ hash: HashHex }[]>`select hash from snapshot_chunk`;
    expect(new Set(kept.map(({ hash }) => hash))).toEqual(named);
  });

  it('are made one at a time', async () => {
    const second = await withSnapshotLock(ho.database, build);
    expect(second).toEqual({ outcome: 'busy' });
    const both = await Promise.all([ho.office.admin.buildSnapshot(), ho.office.admin.buildSnapshot()]);
    expect(both[0]).toBe(both[1]);
    expect(both[0]).toMatchObject({ outcome: 'built' });
  });

  it('are for tills only, which hear how far behind they are', async () => {
    const ask = async (path: string, token?: string) => {
      const answer = await fetch(
        ho.office.url + path,
        token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
      );
      return { status: answer.status, body: (await answer.json()) as unknown }; // read by its schema
    };
    const token = await tokenOf(till, ho.clock.now);
    const { position, chunks } = await newest();
    expect((await ask(SNAPSHOT_PATH)).status).toBe(401);
    expect((await ask(`${SNAPSHOT_CHUNK_PATH}/${chunks[0] ?? ''}`)).status).toBe(401);
    expect((await ask(`${SNAPSHOT_CHUNK_PATH}/xyz`, token)).status).toBe(400);
    expect((await ask(`${SNAPSHOT_CHUNK_PATH}/${'0'.repeat(64)}`, token)).status).toBe(404);
    const behindOf = async (query: string) => {
      const { behind, behindSnapshot } = snapshotOfferSchema.parse((await ask(`${SNAPSHOT_PATH}${query}`, token)).body);
      return { behind, behindSnapshot };
    };
    expect(await behindOf('')).toEqual({ behind: 102, behindSnapshot: 0 });
    expect(await behindOf(`?epoch=${org.epoch}&after=${position - 1}`)).toEqual({ behind: 1, behindSnapshot: 0 });
    expect(await behindOf(`?epoch=another&after=${position}`)).toEqual({ behind: 102, behindSnapshot: 0 });
  });

  it('are due once there are members enough, and then for each date on which rows changed', async () => {
    const due = () => isSnapshotDue({ database: ho.database, org, clock: () => ho.clock.now });
    expect(await due()).toBe(false);
    await insertManyMembers(ho.database, SNAPSHOT_ROWS_MIN, 1_000);
    const { madeAt } = await newest();
    ho.clock.now = madeAt + 1;
    expect(await due()).toBe(false);
    ho.clock.now += 86_400_000;
    expect(await due()).toBe(true);
    await build();
    ho.clock.now += 86_400_000;
    expect(await due()).toBe(false);
    await insertManyMembers(ho.database, 1, 900);
    expect(await due()).toBe(true);
    await ho.database`delete from snapshot`;
    expect(await due()).toBe(true);
  });

  const includes = async (): Promise<unknown> => {
    const [row] = await opened<{ includes: string }>('SELECT includes FROM snapshot');
    return JSON.parse(row?.includes ?? 'null');
  };
});
