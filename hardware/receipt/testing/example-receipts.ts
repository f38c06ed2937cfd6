import type { SaleReceipt, TestReceipt, VoidReceipt } from '../receipt.ts';

/** For tests only: receipts with everything on them that a receipt can have. */
const head = {
  version: 1,
  locale: 'en-GB',
  store: { name: 'Harbour Café', header: ['1 Quay Street', 'VAT no. GB 123 4567 89'] },
  till: 'Till 2',
  operator: 'Meşe',
  issued: { date: '25/11/2026', time: '14:05' },
  footer: ['Thank you, see you soon!'],
} as const;

export const SALE: SaleReceipt = {
  ...head,
  store: { name: head.store.name, header: [...head.store.header] },
  footer: [...head.footer],
  kind: 'sale',
  number: '2-000417',
  money: { currency: 'GBP', minorDigits: 2 },
  lines: [
    { name: 'Flat white', quantity: '2', unitPriceMinor: 320, amountMinor: 640 },
    {
      name: 'Almond croissant with raspberry jam and icing sugar',
      quantity: '1',
      unitPriceMinor: 395,
      amountMinor: 395,
    },
    { name: 'Coffee beans, Çanakkale roast', quantity: '0.350 kg', unitPriceMinor: 2800, amountMinor: 980 },
  ],
  discounts: [{ name: 'Free coffee', amountMinor: 320 }],
  totalMinor: 1695,
  taxes: [{ label: 'VAT 20%', netMinor: 1413, taxMinor: 282 }],
  member: {
    displayName: 'Zoë Ł.',
    wallets: [
      { label: 'Points', earned: 17, spent: 50, balance: 1230, asOf: { date: '24/11/2026', time: '21:30' } },
      { label: 'Cashback', money: { currency: 'GBP', minorDigits: 2 }, earned: 34, spent: 0, balance: 512 },
    ],
  },
  claimCode: 'K7P-4MX',
  qr: 'https://shop.example/c/K7P-4MX',
};

export const GERMAN_SALE: SaleReceipt = {
  ...SALE,
  locale: 'de-DE',
  till: 'Kasse 2',
  store: { name: 'Café Größe', header: [] },
  issued: { date: '25.11.2026', time: '14:05' },
  money: { currency: 'EUR', minorDigits: 2 },
  lines: [{ name: 'Milchkaffee', quantity: '1', unitPriceMinor: 123450, amountMinor: 123450 }],
  discounts: [],
  totalMinor: 123450,
  taxes: [],
  footer: [],
};

export const VOID: VoidReceipt = {
  ...head,
  store: { name: head.store.name, header: [] },
  footer: [],
  kind: 'void',
  number: '2-000418',
  voidedNumber: '2-000417',
  reason: 'Wrong table',
  money: { currency: 'GBP', minorDigits: 2 },
  totalMinor: -1695,
  member: { displayName: 'Zoë Ł.', wallets: [{ label: 'Points', earned: 50, spent: 17, balance: 1263 }] },
};

export const TEST_PRINT: TestReceipt = {
  ...head,
  store: { name: head.store.name, header: [] },
  footer: [],
  kind: 'test',
  printer: 'Counter printer',
};
