/** A head office with many members and a snapshot of them, and real tills over lines that tests can spoil. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { CardCode, MemberId, SaleId, TillId } from '../../../base/ids.ts';
import type { Fetch } from '../../../sync/client/http.ts';
import { SNAPSHOT_CHUNK_PATH } from '../../../sync/protocol/paths.ts';
import type { TestServer } from '../../../sync/server/testing/databases.ts';
import { insertManyMembers } from '../../../sync/server/testing/many-members.ts';
import { startTestHeadOffice, TEST_STORE, type TestHeadOffice } from '../../../sync/server/testing/test-head-office.ts';
import { openTillEngine, type TillEngine } from '../../../till/app/engine.ts';
import { BASE_PROGRAMME, MIGRATIONS, newCommand } from '../../../till/testing/test-till.ts';

export type BedTill = { readonly engine: TillEngine; readonly dataFolder: string };

export type SnapshotBed = {
  readonly ho: TestHeadOffice;
  /** Enrolled, offline. */
  newTill(line?: Fetch): Promise<BedTill>;
  reopen(till: BedTill, line?: Fetch): BedTill;
  close(till: Pick<BedTill, 'engine'>): Promise<void>;
  closeTills(): Promise<void>;
  end(): Promise<void>;
};

export async function openSnapshotBed(server: TestServer, members: number): Promise<SnapshotBed> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-snapshot-test-'));
  const ho = await startTestHeadOffice(server);
  ho.clock.now = Date.now();
  await ho.office.admin.publishProgramme(JSON.stringify(BASE_PROGRAMME));
  await insertManyMembers(ho.database, members);
  const open = new Set<TillEngine>();
  let names = 0;
  const openAt = (dataFolder: string, line: Fetch): BedTill => {
    const config = { pullEveryMs: 3_600_000, live: false };
    const log = pino({ level: 'silent' });
    const opened = openTillEngine({ dataFolder, migrationsFolder: MIGRATIONS, config, fetch: line, log });
    if (!opened.ok) throw new Error(opened.error.message);
    opened.value.link.setOnline(false);
    open.add(opened.value);
    return { engine: opened.value, dataFolder };
  };
  const close = async ({ engine }: Pick<BedTill, 'engine'>): Promise<void> => {
    open.delete(engine);
    await engine.close();
  };
  const closeTills = async (): Promise<void> => {
    for (const engine of open) await close({ engine });
  };
  return {
    ho,
    newTill: async (line = fetch) => {
      names += 1;
      const id = `snap-${names}` as TillId; // a name of the tests
      await ho.office.admin.createTill({ id, name: id, store: TEST_STORE });
      const code = await ho.office.admin.createEnrolmentCode(id);
      const till = openAt(mkdtempSync(path.join(folder, `${id}-`)), line);
      const input = { headOffice: ho.office.url, code: code.ok ? code.value.code : '' };
      const enrolled = await till.engine.call('till.enrol', input);
      if (!enrolled.ok) throw new Error(enrolled.error.message);
      return till;
    },
    reopen: ({ dataFolder }, line = fetch) => openAt(dataFolder, line),
    close,
    closeTills,
    end: async () => {
      await closeTills();
      await ho.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Plugs the cable in and fetches all that there is. */
export async function syncWhole({ link }: TillEngine): ReturnType<TillEngine['link']['syncNow']> {
  link.setOnline(true);
  const synced = await link.syncNow();
  link.setOnline(false);
  return synced;
}

/** One cup of tea: five points. */
export async function sellTea({ call }: TillEngine, member: MemberId): Promise<SaleId> {
  const lines = [
    { sku: 'TEA', name: 'Tea', category: 'Drinks', tags: [], quantity: '1', unitPrice: 500, taxRate: '0.07' },
  ];
  const request = {
    command: newCommand(),
    member,
    lines,
    redeem: [],
    reference: null,
    expectedDue: null,
  };
  const sold = await call('sale.commit', request);
  if (!sold.ok) throw new Error(sold.error.message);
  return (sold.value as { sale: SaleId }).sale; // the contract's type of this call
}

export function pointsAt({ parts }: TillEngine, card: CardCode): number {
  const known = parts.members.byCard(card);
  if (!known.ok) throw new Error(known.error.message);
  const lots = Object.values(known.value.state.wallets).flatMap((wallet) => wallet.lots);
  return lots.reduce((sum, { amount }) => sum + amount, 0);
}

export function warningsOf({ parts }: TillEngine): string[] {
  return parts.status().warnings.map(({ code }) => code);
}

export function isPiece(address: string): boolean {
  return new URL(address).pathname.startsWith(SNAPSHOT_CHUNK_PATH);
}

/** A line that notes what is asked, `part` included, and can be told what to do with an answer. */
export function watchedLine(
  spoil: (address: string, answer: Response) => Promise<Response> | Response = (_, answer) => answer,
) {
  const asked: string[] = [];
  const line: Fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : input.toString();
    const url = new URL(address);
    const part = url.searchParams.get('part');
    asked.push(isPiece(address) ? 'piece' : url.pathname + (part === null ? '' : ` ${part}`));
    return await spoil(address, await fetch(input, init));
  };
  return { asked, line };
}
