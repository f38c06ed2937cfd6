/** A till for tests: the real engine on real files, enrolled by hand, with a clock that the test sets and no head office to reach. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { epochMs, type EpochMs } from '../../base/business-date.ts';
import type { CommandId, IncarnationId, MemberId, OrgId, StoreId, TillId } from '../../base/ids.ts';
import { randomBase64url, sha256 } from '../../base/node/hash.ts';
import { generateSealingKeys } from '../../base/node/sealed-box.ts';
import { generateSigningKeys } from '../../base/node/signing.ts';
import type { TillCallName, TillInput, TillOutput } from '../contract/calls.ts';
import type { TillClock } from '../app/clock.ts';
import { openTillEngine, type EngineOptions, type TillEngine } from '../app/engine.ts';
import type { Caller } from '../app/context.ts';
import { grantAtTill, HEAD_OFFICE } from './grants.ts';

export const MIGRATIONS = path.join(import.meta.dirname, '..', '..', 'migrations');
export const NOWHERE = 'http://127.0.0.1:9';

export type TestClock = TillClock & { set(iso: string): void };

export function testClock(iso: string): TestClock {
  let now: EpochMs = epochMs(Date.parse(iso));
  return {
    wall: () => now,
    monotonic: () => now,
    boot: 'test',
    set: (next) => {
      now = epochMs(Date.parse(next));
    },
  };
}

export type TestTill = {
  readonly engine: TillEngine;
  readonly clock: TestClock;
  readonly dataFolder: string;
  /** The value of a call that must succeed. */
  ask<Name extends TillCallName>(name: Name, input: TillInput<Name>, caller?: Caller): Promise<TillOutput<Name>>;
  /** The code of a call that must be refused. */
  refusal(name: TillCallName, input: unknown, caller?: Caller): Promise<string>;
  /** Head office lets the till spend so much more of a member, until the end. */
  grant(member: MemberId, wallet: string, amount: number, end?: string | null): void;
  /** Closes and opens the same files again; `meanwhile` something may happen to them. */
  reopen(meanwhile?: () => void): Promise<TestTill>;
  close(): Promise<void>;
};

export const BASE_PROGRAMME = {
  id: 'p',
  version: 1,
  effectiveFrom: '2025-01-01',
  currency: 'EUR',
  minorDigits: 2,
  timezone: 'Europe/Berlin',
  enrolment: 'opt-in',
  wallets: [{ id: 'points', kind: 'points' }],
  earn: [{ id: 'base', wallet: 'points', amount: { per: 'spend', give: 1, every: 100 } }],
  rewards: [
    {
      id: 'free-coffee',
      cost: { wallet: 'points', amount: 50 },
      give: { kind: 'free-item', lines: { sku: ['COFFEE'] }, quantity: 1 },
    },
    { id: 'pay', cost: { wallet: 'points' }, give: { kind: 'spend', points: 100, money: 100, step: 100 } },
  ],
};

export function newCommand(): CommandId {
  return randomUUID() as string as CommandId; // as a screen makes them
}

export async function openTestTill({
  programme = BASE_PROGRAMME,
  at = '2026-03-02T10:00:00Z',
  ...options
}: { programme?: object; at?: string } & Partial<EngineOptions> = {}): Promise<TestTill> {
  const dataFolder = options.dataFolder ?? mkdtempSync(path.join(os.tmpdir(), 'loyaltill-till-'));
  const clock = testClock(at);
  const first = open({ ...options, dataFolder, clock });
  enrolByHand(first, programme);
  await first.close(); // opened again, so that it starts as an enrolled till does
  return testTill(options, dataFolder, clock);
}

function testTill(options: Partial<EngineOptions>, dataFolder: string, clock: TestClock): TestTill {
  const engine = open({ ...options, dataFolder, clock });
  return {
    engine,
    clock,
    dataFolder,
    ask: async (name, input, caller) => {
      const answer = await engine.call(name, input, caller);
      if (!answer.ok) throw new Error(`${name} was refused: ${JSON.stringify(answer.error)}`);
      return answer.value as never; // the contract's type of this call
    },
    refusal: async (name, input, caller) => {
      const answer = await engine.call(name, input, caller);
      return answer.ok ? `not refused: ${JSON.stringify(answer.value)}` : answer.error.code;
    },
    grant: (member, wallet, amount, end = null) => grantAtTill(engine.parts, { member, wallet, amount, end }),
    reopen: async (meanwhile) => {
      await engine.close();
      meanwhile?.();
      return testTill(options, dataFolder, clock);
    },
    close: async () => {
      await engine.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

function open(options: Omit<EngineOptions, 'migrationsFolder'>): TillEngine {
  const opened = openTillEngine({ log: pino({ level: 'silent' }), ...options, migrationsFolder: MIGRATIONS });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

function enrolByHand({ parts }: TillEngine, programme: object): void {
  const signing = generateSigningKeys();
  const inc = randomUUID() as string as IncarnationId; // ids as head office gives them
  parts.keys.add(inc, { ...signing, lookupKey: randomBase64url(32) });
  parts.store.streams.add({
    inc,
    org: 'org' as OrgId,
    orgName: 'Example',
    store: 's1' as StoreId,
    storeName: 'Store 1',
    till: 't1' as TillId,
    tillName: 'Till 1',
    headOffice: NOWHERE,
    publicKey: signing.publicKey,
    sealingKey: generateSealingKeys().publicKey,
    signingKey: HEAD_OFFICE.publicKey,
    certificate: 'by hand',
    enrolledAt: parts.clock.wall(),
    epoch: 'e1',
  });
  const text = JSON.stringify(programme);
  parts.store.programmes.add({ hash: sha256(text), version: 1, text });
}
