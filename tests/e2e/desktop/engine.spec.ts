/** The packaged app on the real engine: a sale over the port, and what happens when the engine, its folder or its port fails. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { lockDataFolder } from '../../../till/hosts/data-folder-lock.ts';
import { openTestTill } from '../../../till/testing/test-till.ts';
import { electronUnderTest, PACKAGED_APP, ROOT } from './electron-under-test.ts';
import { test, type DesktopTill, type EngineAnswer } from './desktop-till.ts';

const run = promisify(execFile);
const CARD = '2900000000018';
const BEANS = { sku: 'BEANS', quantity: '1', unitPrice: 6000 };

/** An enrolled till's files, as a head office leaves them behind. */
async function enrolledFolder(dataFolder: string): Promise<void> {
  const till = await openTestTill({ dataFolder });
  await till.engine.close();
}

function valueOf(answer: EngineAnswer): Record<string, unknown> {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.error)}`);
  return answer.value as Record<string, unknown>; // every value of the contract is an object
}

async function enrolMember({ ask }: DesktopTill): Promise<string> {
  const member = await ask('member.enrol', {
    command: randomUUID(),
    card: CARD,
    firstName: 'Ada',
    phone: null,
    email: null,
    birthday: null,
  });
  return String(valueOf(member)['member']);
}

function commitOf(member: string, command = randomUUID()): object {
  return { command, member, lines: [BEANS], redeem: [], reference: null, expectedDue: 6000 };
}

test('a sale goes through the port: identify, quote, commit, void', async ({ dataFolder, startTill }) => {
  await enrolledFolder(dataFolder);
  const till = await startTill();
  const member = await enrolMember(till);
  expect(valueOf(await till.ask('member.identify', { card: CARD }))).toMatchObject({ member, displayName: 'Ada' });
  expect(valueOf(await till.ask('sale.quote', { member, lines: [BEANS], redeem: [] }))).toMatchObject({ due: 6000 });
  const sale = valueOf(await till.ask('sale.commit', commitOf(member)));
  expect(sale).toMatchObject({ due: 6000, earned: [{ wallet: 'points', amount: 60 }] });
  expect(valueOf(await till.ask('sale.void', { command: randomUUID(), sale: sale['sale'] }))).toMatchObject({
    money: 6000,
  });
});

test('an engine that is killed right after a sale is started again, and the page goes on with a new port', async ({
  dataFolder,
  startTill,
  log,
}) => {
  await enrolledFolder(dataFolder);
  const till = await startTill();
  const member = await enrolMember(till);
  const commit = commitOf(member);
  const sale = valueOf(await till.ask('sale.commit', commit));
  const before = await till.ports();
  process.kill(await till.enginePid(), 'SIGKILL');
  await expect.poll(till.ports).toBeGreaterThan(before);
  expect(valueOf(await till.ask('sale.recent', { limit: 10 }))).toMatchObject({
    sales: [{ sale: sale['sale'], voided: false }],
  });
  // The cashier, who may not have seen the answer, presses again: the same command is the same sale.
  expect(valueOf(await till.ask('sale.commit', commit))).toMatchObject({ sale: sale['sale'] });
  expect(log('desktop').filter(({ msg }) => String(msg).includes('the engine process died'))).toHaveLength(1);
});

test('an engine that is killed again and again comes back each time', async ({ startTill }) => {
  const till = await startTill();
  for (let death = 1; death <= 3; death += 1) {
    await till.ask('till.status', {});
    const before = await till.ports();
    process.kill(await till.enginePid(), 'SIGKILL');
    await expect.poll(till.ports).toBeGreaterThan(before);
  }
  expect((await till.ask('till.status', {})).ok).toBe(true);
});

test('messages of the wrong shape are refused or dropped, and the engine goes on', async ({ startTill, log }) => {
  const till = await startTill();
  await till.ask('till.status', {});
  await till.post('no call at all');
  await till.post({ type: 'call', id: 'one', name: 'till.status', input: {} });
  const unknown = await till.ask('till.explode', {});
  const wrong = await till.ask('sale.quote', {
    member: null,
    lines: [{ sku: 'A', quantity: '1', unitPrice: 'free' }],
    redeem: [],
  });
  const long = await till.ask('member.identify', { card: 'x'.repeat(10_000_000) });
  expect([unknown, wrong, long].map((answer) => (answer.ok ? 'allowed' : answer.error.code))).toEqual([
    'invalid-request',
    'invalid-request',
    'invalid-request',
  ]);
  expect((await till.ask('till.status', {})).ok).toBe(true);
  expect(log('engine').filter(({ msg }) => msg === 'frame dropped')).toHaveLength(2);
});

test('a page that is loaded again gets a port of its own', async ({ startTill }) => {
  const { app, ask } = await startTill();
  await ask('till.status', {});
  const page = await app.firstWindow();
  await page.reload();
  const answered = page.evaluate(
    () =>
      new Promise((resolve) => {
        window.addEventListener('message', ({ ports: [port] }) => {
          if (port === undefined) return;
          port.addEventListener('message', ({ data }: MessageEvent<{ id?: number }>) =>
            data.id === 7_000_000 ? resolve(data) : undefined,
          );
          port.start();
          port.postMessage({ type: 'call', id: 7_000_000, name: 'till.status', input: {} });
        });
        window.loyaltill.requestEnginePort();
      }),
  );
  expect(await answered).toMatchObject({ type: 'answer', id: 7_000_000, ok: true });
});

test('a second start shows the first one’s window and ends', async ({ dataFolder, startTill, log }) => {
  const { app, ask } = await startTill();
  await ask('till.status', {});
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await run(PACKAGED_APP, [`--data-folder=${dataFolder}`]); // rejects where it does not end with 0
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible())))
    .toEqual([true]);
  expect(log('desktop').filter(({ msg }) => msg === 'engine open')).toHaveLength(1);
});

test('a data folder that another engine has is named, and taken once it is free', async ({
  dataFolder,
  startTill,
  log,
}) => {
  const held = lockDataFolder(dataFolder);
  if (!held.ok) throw new Error(held.error.message);
  const till = await startTill();
  await expect
    .poll(() => log('desktop').filter(({ reason }) => reason === 'data-folder-in-use').length)
    .toBeGreaterThan(0);
  expect(log('desktop').find(({ reason }) => reason === 'data-folder-in-use')).toMatchObject({
    msg: expect.stringContaining(`(process ${process.pid})`),
  });
  held.value.release();
  expect((await till.ask('till.status', {})).ok).toBe(true);
});

test('a taken port of the POS API is named, and the screen sells all the same', async ({
  dataFolder,
  startTill,
  log,
}) => {
  const { posApi } = JSON.parse(readFileSync(path.join(dataFolder, 'till.json'), 'utf8')) as {
    posApi: { port: number };
  }; // desktop-till.ts wrote it
  const other = createServer().listen(posApi.port, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const till = await startTill();
  expect((await till.ask('till.status', {})).ok).toBe(true);
  expect(log('desktop').filter(({ reason }) => reason === 'port-taken')).toMatchObject([
    { msg: expect.stringContaining(`Port ${posApi.port} `) },
  ]);
  other.close();
});

test('closing the window ends the engine in order', async ({ dataFolder, startTill }) => {
  const { app, ask, enginePid } = await startTill();
  await ask('till.status', {});
  const pid = await enginePid();
  await app.close();
  expect({
    owner: existsSync(path.join(dataFolder, 'engine.owner')),
    wal: existsSync(path.join(dataFolder, 'ledger.db-wal')),
  }).toEqual({ owner: false, wal: false });
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('an engine does not outlive a desktop shell that is killed', async ({ dataFolder, startTill }) => {
  const { app, ask, enginePid } = await startTill();
  await ask('till.status', {});
  const pid = await enginePid();
  app.process().kill('SIGKILL');
  await expect.poll(() => existsSync(`/proc/${pid}`)).toBe(false);
  const free = lockDataFolder(dataFolder);
  expect(free.ok).toBe(true);
  if (free.ok) free.value.release();
});

test('the keys of a till without a keyring lie in a file of its user, and the screen is told', async ({
  dataFolder,
  startTill,
}) => {
  await enrolledFolder(dataFolder);
  const { ask } = await startTill();
  const { warnings } = valueOf(await ask('till.status', {})) as { warnings: { code: string }[] }; // the contract's status
  expect(warnings.map(({ code }) => code)).toContain('keys-not-sealed');
});

test('the app also runs from a checkout, unpackaged', async ({ startTill }) => {
  const { executable } = electronUnderTest();
  const { ask, page } = await startTill({ executable, args: [ROOT] });
  expect([page.url(), (await ask('till.status', {})).ok]).toEqual(['till://app/index.html', true]);
});
