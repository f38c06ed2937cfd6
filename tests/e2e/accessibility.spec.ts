import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { openShop, type Shop } from './shop/shop.ts';
import { add, confirm, enrolTill, nextCustomer, scan } from './shop/till-page.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

test.setTimeout(240_000); // processes start in it; axe reads every element of a page

let shop: Shop;
test.beforeAll(async () => {
  shop = await openShop();
});
test.afterAll(() => shop.close());

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ target }) => target.join(' ')) }))).toEqual([]);
}

/** The dialog that says how a number came about; closed afterwards. */
async function expectExplained(page: Page): Promise<void> {
  await expect(page.getByRole('dialog').getByRole('region', { name: 'How it came about' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'How it came about' })).toHaveCount(0); // faded away, with its scrim
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the screens of till and head office meet WCAG 2.2 AA, ${colorScheme}`, async ({ browser }) => {
    const till = colorScheme === 'light' ? 't1' : 't2';
    const [headOffice, engine] = [await shop.startHeadOffice(), await shop.startTill(till)];
    const viewport = { width: 1024, height: 768 };
    const page = await (await browser.newContext({ colorScheme, viewport })).newPage();
    await page.goto(engine.place.address);
    await expect(page.getByLabel('Address of head office')).toBeVisible();
    await expectAccessible(page);
    await enrolTill(page, shop.headOfficeUrl, shop.codes[till]);
    await add(page, /^Coffee machine/);
    await scan(page, colorScheme === 'light' ? '2999999999991' : '2900000000025'); // one head office: who is enrolled once is known
    await expect(page.getByRole('button', { name: 'Enrol this card' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Enrol this card' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page);
    await page
      .getByRole('dialog')
      .getByLabel(/First name/)
      .fill('Myrtle');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Enrol/ })
      .click();
    await expect(page.getByRole('region', { name: 'Myrtle' })).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expectAccessible(page);
    await page.getByRole('button', { name: /Will earn/ }).click();
    await expectExplained(page);
    await page.getByRole('button', { name: /to Gold/ }).click();
    await expectExplained(page);
    await confirm(page);
    await expectAccessible(page);
    await nextCustomer(page);
    await page.keyboard.press('F8');
    await page
      .getByRole('button', { name: /came about/ })
      .first()
      .click();
    await expectExplained(page);
    await page.keyboard.press('Escape');
    const desk = await (await browser.newContext({ colorScheme, viewport })).newPage();
    await desk.goto(headOffice.place.address);
    for (const name of ['Overview', 'Entries', 'Members']) {
      await desk.getByRole('link', { name, exact: true }).click();
      await expect(desk.getByRole('heading', { level: 1, name })).toBeVisible();
      await expectAccessible(desk);
    }
    await headOffice.stop();
    await engine.stop();
  });
}
