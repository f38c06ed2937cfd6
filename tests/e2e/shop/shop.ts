/** A shop for end-to-end tests: head office and tills as processes of their own on fresh data, as `npm start` runs them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { StoreId, TillId } from '../../../base/ids.ts';
import { startedChild, type StartedChild } from '../../../scripts/example/children.ts';
import { startHeadOffice } from '../../../sync/server/head-office.ts';
import { removeDatabase } from '../../../sync/server/postgres/database-server.ts';
import { TILL_CONFIG_FILE } from '../../../till/hosts/till-config.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
export const TILLS = ['t1', 't2'] as const;
export type TillName = (typeof TILLS)[number];

export type Shop = {
  readonly headOfficeUrl: string;
  readonly codes: Readonly<Record<TillName, string>>;
  folder(till: TillName): string;
  startHeadOffice(): Promise<StartedChild>;
  startTill(till: TillName): Promise<StartedChild>;
  close(): Promise<void>;
};

export const PROGRAMME = {
  id: 'p',
  version: 1,
  effectiveFrom: '2025-01-01',
  currency: 'EUR',
  minorDigits: 2,
  timezone: 'Europe/Berlin',
  enrolment: 'opt-in',
  wallets: [{ id: 'points', name: 'Points', kind: 'points' }],
  tiers: {
    measure: 'earned',
    wallet: 'points',
    window: 'lifetime',
    levels: [
      { id: 'silver', at: 0 },
      { id: 'gold', at: 500 },
    ],
  },
  badges: [{ id: 'regular', when: { count: { of: 'visits', at: 10 } } }],
  earn: [{ id: 'base', wallet: 'points', amount: { per: 'spend', give: 1, every: 100 } }],
  rewards: [
    {
      id: 'free-coffee',
      name: 'Free coffee',
      cost: { wallet: 'points', amount: 50 },
      give: { kind: 'free-item', lines: { sku: ['COFFEE'] }, quantity: 1 },
    },
  ],
};

const CATALOGUE = {
  version: 1,
  items: [
    {
      sku: 'COFFEE',
      name: 'Coffee',
      category: 'Drinks',
      tags: [],
      unitPrice: 350,
      taxRate: '0.19',
      barcodes: ['4006381333931'],
    },
    {
      sku: 'MACHINE',
      name: 'Coffee machine',
      category: 'Machines',
      tags: [],
      unitPrice: 6000,
      taxRate: '0.19',
      barcodes: [],
    },
  ],
};

export async function openShop(): Promise<Shop> {
  const data = mkdtempSync(path.join(os.tmpdir(), 'loyaltill-e2e-'));
  const headOfficeFolder = path.join(data, 'head-office');
  const ports = await freePorts(1 + 2 * TILLS.length);
  const [headOfficePort = 0, ...tillPorts] = ports;
  const codes = await setUp(headOfficeFolder, headOfficePort);
  for (const [index, till] of TILLS.entries()) {
    const folder = path.join(data, till);
    mkdirSync(folder, { mode: 0o700 });
    const config = {
      browser: { port: tillPorts[2 * index] },
      posApi: { port: tillPorts[2 * index + 1] },
      engine: { pullEveryMs: 300 },
    };
    writeFileSync(path.join(folder, TILL_CONFIG_FILE), JSON.stringify(config));
  }
  const running = new Set<StartedChild>();
  const start = async (script: string, args: string[]): Promise<StartedChild> => {
    const child = await startedChild(script, args);
    running.add(child);
    return child;
  };
  return {
    headOfficeUrl: `http://127.0.0.1:${headOfficePort}`,
    codes,
    folder: (till) => path.join(data, till),
    startHeadOffice: () =>
      start('head-office.ts', [
        '--data',
        headOfficeFolder,
        '--port',
        String(headOfficePort),
        '--console',
        path.join(ROOT, 'dist', 'console'),
      ]),
    startTill: (till) => start('till.ts', ['--data', path.join(data, till)]),
    close: async () => {
      for (const child of running) await child.stop();
      await removeDatabase(headOfficeFolder);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function setUp(dataFolder: string, port: number): Promise<Record<TillName, string>> {
  const headOffice = await startHeadOffice({
    dataFolder,
    port,
    organisation: { name: 'Example' },
    log: pino({ level: 'silent' }),
  });
  const { admin } = headOffice;
  await admin.publishProgramme(JSON.stringify(PROGRAMME));
  await admin.publishCatalogue(CATALOGUE);
  const store = 's1' as StoreId; // an id of this test
  await admin.createStore({ id: store, name: 'Corner shop', locale: 'en-IE' });
  const codes = { t1: '', t2: '' };
  for (const name of TILLS) {
    const till = name as string as TillId; // an id of this test
    await admin.createTill({ id: till, name: name === 't1' ? 'Till 1' : 'Till 2', store });
    const code = await admin.createEnrolmentCode(till);
    if (!code.ok) throw new Error(code.error.message);
    codes[name] = code.value.code;
  }
  await headOffice.close();
  return codes;
}

/** Ports that nobody has at this moment. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listening()));
  const ports = servers.map((server) => {
    const address = server.address();
    return address !== null && typeof address === 'object' ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

function listening(): Promise<ReturnType<typeof createServer>> {
  const server = createServer();
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server)));
}
