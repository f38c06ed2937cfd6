/** What a cashier does at the till's screen. */
import { expect, type Page } from '@playwright/test';

/** As a scanner in keyboard mode does: keys with the machine's own gaps, then Enter. Playwright's are too slow on a busy machine. */
export async function scan(page: Page, code: string): Promise<void> {
  await page.evaluate((digits) => {
    const press = (key: string, keyCode: string): void => {
      for (const type of ['keydown', 'keyup']) {
        const target = document.activeElement ?? document.body;
        target.dispatchEvent(new KeyboardEvent(type, { key, code: keyCode, bubbles: true, cancelable: true }));
      }
    };
    for (const digit of digits) press(digit, `Digit${digit}`);
    press('Enter', 'Enter');
  }, code);
}

export async function enrolTill(page: Page, headOffice: string, code: string): Promise<void> {
  await page.getByLabel('Address of head office').fill(headOffice);
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Enrol' }).click();
  await expect(page.getByRole('button', { name: /^Confirm/ })).toBeVisible();
}

export async function add(page: Page, item: RegExp): Promise<void> {
  await page.getByRole('button', { name: item }).first().click();
}

/** Confirms the sale and waits for its receipt. Answers the receipt's number. */
export async function confirm(page: Page): Promise<string> {
  await page.keyboard.press('F9');
  const number = page.getByText(/Receipt T\d-\d+/).first();
  await expect(number).toBeVisible();
  return /T\d-\d+/.exec((await number.textContent()) ?? '')?.[0] ?? '';
}

export async function nextCustomer(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Next customer/ }).click();
}
