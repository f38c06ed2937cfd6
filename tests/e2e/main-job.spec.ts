import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { StartedChild } from '../../scripts/example/children.ts';
import { verifyLedger } from '../../till/store/verify/verify-ledger.ts';
import { openShop, type Shop } from './shop/shop.ts';
import { add, confirm, enrolTill, nextCustomer, scan } from './shop/till-page.ts';

const CARD = '2900000000018';
const MIGRATIONS = path.join(import.meta.dirname, '..', '..', 'migrations');

// Processes start and end in it; on a busy machine each takes its time.
test.setTimeout(240_000);

let shop: Shop;
test.beforeAll(async () => {
  shop = await openShop();
});
test.afterAll(() => shop.close());

test('sells with no line, survives a power cut, and the sale is once everywhere', async ({ browser }) => {
  let headOffice: StartedChild = await shop.startHeadOffice();
  let till = await shop.startTill('t1');
  const page = await (await browser.newContext()).newPage();
  await test.step('enrol the till with a code', async () => {
    await page.goto(till.place.address);
    await enrolTill(page, shop.headOfficeUrl, shop.codes.t1);
    await expect(page.getByText('Online')).toBeVisible();
  });

  await test.step('cut the line', async () => {
    await headOffice.kill();
    await expect(page.getByText(/^Offline/).first()).toBeVisible({ timeout: 30_000 });
  });

  await test.step('enrol a member with a card, offline', async () => {
    await scan(page, CARD);
    await page.getByRole('button', { name: 'Enrol this card' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/First name/).fill('Juniper');
    await dialog.getByRole('button', { name: /^Enrol/ }).click();
    await expect(page.getByRole('region', { name: 'Juniper' })).toBeVisible();
  });

  await test.step('earn points', async () => {
    await add(page, /^Coffee machine/);
    await expect(page.getByText(/Will earn 60/)).toBeVisible();
    await confirm(page);
    await nextCustomer(page);
  });

  const receipt = await test.step('scan, apply a reward, confirm: points are spent offline', async () => {
    await scan(page, CARD);
    await expect(page.getByRole('region', { name: 'Juniper' })).toBeVisible();
    await expect(page.getByText(/^440 .+ to Gold$/)).toBeVisible();
    await add(page, /^Coffee €/);
    await add(page, /^Coffee machine/);
    await page
      .getByRole('button', { name: /Free coffee/ })
      .first()
      .click();
    await expect(page.getByRole('button', { name: /^Confirm €60\.00/ })).toBeVisible();
    const number = await confirm(page);
    await till.kill(); // the plug is pulled right after the cashier saw it
    return number;
  });

  await test.step('the screen says that the engine is gone', async () => {
    await expect(page.getByText('What you see stays')).toBeVisible();
  });

  await test.step('start the till again: the confirmed sale is there', async () => {
    till = await shop.startTill('t1');
    // The open screen finds it by itself.
    await expect(page.getByText('What you see stays')).toBeHidden({ timeout: 60_000 });
    await nextCustomer(page);
    await page.getByRole('button', { name: /^Recent sales/ }).click();
    await expect(page.getByRole('dialog').getByRole('listitem').filter({ hasText: receipt })).toHaveCount(1);
    await page.keyboard.press('Escape');
    await scan(page, CARD);
    await expect(page.getByText('70', { exact: true }).first()).toBeVisible(); // 60 − 50 + 60
  });

  await test.step('mend the line: head office shows the sale once', async () => {
    headOffice = await shop.startHeadOffice();
    await expect(page.getByText('All sent')).toBeVisible({ timeout: 60_000 });
    const desk = await (await browser.newContext()).newPage();
    await desk.goto(headOffice.place.address);
    await desk.getByRole('link', { name: 'Entries', exact: true }).click();
    await expect(desk.getByRole('row').filter({ hasText: receipt })).toHaveCount(1);
  });

  await test.step('a second till sees the new balance', async () => {
    const second = await shop.startTill('t2');
    const other = await (await browser.newContext()).newPage();
    await other.goto(second.place.address);
    await enrolTill(other, shop.headOfficeUrl, shop.codes.t2);
    await expect(async () => {
      await scan(other, CARD);
      await expect(other.getByRole('region', { name: 'Juniper' })).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
    await expect(other.getByText('70', { exact: true }).first()).toBeVisible();
  });

  await test.step('both ledgers prove themselves', () => {
    for (const name of ['t1', 't2'] as const) {
      expect(verifyLedger(path.join(shop.folder(name), 'ledger.db'), MIGRATIONS).findings).toEqual([]);
    }
  });
});
