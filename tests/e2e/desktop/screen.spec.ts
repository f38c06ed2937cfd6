/** The till's own screen in the packaged app, worked as a cashier does: a sale, a dead engine, the next sale. */
import { expect } from '@playwright/test';
import type { Catalogue } from '../../../base/catalogue.ts';
import { openTestTill } from '../../../till/testing/test-till.ts';
import { add, confirm, nextCustomer, scan } from '../shop/till-page.ts';
import { test } from './desktop-till.ts';

const CARD = '2900000000018';
const CATALOGUE: Catalogue = {
  version: 1,
  items: [
    { sku: 'COFFEE', name: 'Coffee', category: 'Drinks', tags: [], unitPrice: 350, taxRate: '0.19', barcodes: [] },
    { sku: 'BEANS', name: 'Beans', category: 'Goods', tags: [], unitPrice: 6000, taxRate: '0.07', barcodes: [] },
  ],
};

test('sells on the screen, and goes on by itself after its engine was killed', async ({ dataFolder, startTill }) => {
  const { engine } = await openTestTill({ dataFolder });
  engine.parts.store.members.putDocument('catalogue', JSON.stringify(CATALOGUE));
  await engine.close();
  const { page, enginePid } = await startTill();
  await expect(page.getByRole('button', { name: /^Confirm/ })).toBeVisible(); // the engine has answered

  await test.step('a new member with a card', async () => {
    await scan(page, CARD);
    await page.getByRole('button', { name: 'Enrol this card' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/First name/).fill('Juniper');
    await dialog.getByRole('button', { name: /^Enrol/ }).click();
    await expect(page.getByRole('heading', { name: 'Juniper' })).toBeVisible();
  });

  await test.step('a sale that earns', async () => {
    await add(page, /^Beans/);
    await expect(page.getByText(/Will earn 60/)).toBeVisible();
    await confirm(page);
    await nextCustomer(page);
  });

  await test.step('the engine is killed while a basket is open, and the screen keeps it', async () => {
    await scan(page, CARD);
    await expect(page.getByRole('heading', { name: 'Juniper' })).toBeVisible();
    await add(page, /^Beans/);
    const before = await enginePid();
    process.kill(before, 'SIGKILL');
    await expect.poll(enginePid).not.toBe(before);
    await expect(page.getByRole('button', { name: /^Confirm.*60\.00/ })).toBeEnabled();
    await confirm(page);
    await nextCustomer(page);
  });

  await test.step('both sales count', async () => {
    await scan(page, CARD);
    await expect(page.getByText('120', { exact: true }).first()).toBeVisible();
  });
});
