/** A café to look at: a programme with every kind of reward that the screen tells apart, a catalogue, and a few members. */
import type { CatalogueItem } from '../../../base/catalogue.ts';

export const EXAMPLE_PROGRAMME = {
  id: 'cafe-lindgren',
  version: 1,
  effectiveFrom: '2025-01-01',
  currency: 'EUR',
  minorDigits: 2,
  timezone: 'Europe/Berlin',
  enrolment: 'opt-in',
  wallets: [
    { id: 'points', name: 'Points', kind: 'points' },
    { id: 'stamps', name: 'Stamps', kind: 'stamps' },
  ],
  earn: [
    { id: 'base', wallet: 'points', amount: { per: 'spend', give: 1, every: 100 } },
    { id: 'coffee-stamp', wallet: 'stamps', amount: { per: 'item', give: 1 }, lines: { category: ['Coffee'] } },
  ],
  rewards: [
    {
      id: 'free-coffee',
      name: 'Free coffee',
      cost: { wallet: 'points', amount: 50 },
      give: { kind: 'free-item', lines: { category: ['Coffee'] }, quantity: 1 },
    },
    {
      id: 'tenth-coffee',
      name: 'Tenth coffee',
      cost: { wallet: 'stamps', amount: 9 },
      give: { kind: 'free-item', lines: { category: ['Coffee'] }, quantity: 1, pick: 'dearest' },
    },
    {
      id: 'five-off',
      name: '5 € off',
      cost: { wallet: 'points', amount: 80 },
      give: { kind: 'amount-off', amount: 500 },
    },
    {
      id: 'pay',
      name: 'Pay with points',
      cost: { wallet: 'points' },
      give: { kind: 'spend', points: 10, money: 10, step: 10, maxPercent: '50' },
    },
    {
      id: 'brunch',
      name: 'Brunch for two',
      cost: { wallet: 'points', amount: 400 },
      give: { kind: 'amount-off', amount: 2500 },
    },
    {
      id: 'birthday-cake',
      name: 'Birthday treat',
      cost: null,
      when: { birthday: 'day' },
      limit: { times: 1, per: 'day' },
      give: { kind: 'percent-off', percent: '50', lines: { category: ['Cakes'] } },
    },
  ],
};

const PRICES: readonly (readonly [category: string, sku: string, name: string, unitPrice: number])[] = [
  ['Coffee', 'ESP', 'Espresso', 240],
  ['Coffee', 'AME', 'Americano', 290],
  ['Coffee', 'CAP', 'Cappuccino', 360],
  ['Coffee', 'LAT', 'Caffè latte', 390],
  ['Coffee', 'FLW', 'Flat white', 410],
  ['Coffee', 'MOC', 'Mocha', 430],
  ['Tea', 'EAR', 'Earl Grey', 320],
  ['Tea', 'SEN', 'Sencha', 340],
  ['Tea', 'CHA', 'Chai latte', 420],
  ['Bakery', 'CRO', 'Croissant', 260],
  ['Bakery', 'PAC', 'Pain au chocolat', 310],
  ['Bakery', 'CIN', 'Cinnamon bun', 340],
  ['Bakery', 'BAG', 'Bagel, cream cheese', 480],
  ['Cakes', 'CHE', 'Cheesecake', 490],
  ['Cakes', 'CAR', 'Carrot cake', 460],
  ['Cakes', 'BRO', 'Brownie', 330],
  ['Lunch', 'SOU', 'Soup of the day', 690],
  ['Lunch', 'QUI', 'Quiche with salad', 890],
  ['Lunch', 'SAN', 'Sourdough sandwich', 780],
  ['To take home', 'BEA', 'House blend, 250 g', 950],
  ['To take home', 'CUP', 'Reusable cup', 1290],
];

export const EXAMPLE_BARCODE = '4006381333931';

export const EXAMPLE_CATALOGUE: readonly CatalogueItem[] = PRICES.map(([category, sku, name, unitPrice]) => ({
  sku,
  name,
  category,
  tags: [],
  unitPrice,
  taxRate: category === 'To take home' ? '0.07' : '0.19',
  barcodes: sku === 'CUP' ? [EXAMPLE_BARCODE] : [],
}));

/** Cards with the check digit of EAN-13. */
export const ALMA_CARD = '2900000000018';
export const BENNO_CARD = '2900000000025';
export const UNKNOWN_CARD = '2900000000032';
export const EXAMPLE_MEMBERS = [
  { card: ALMA_CARD, firstName: 'Alma', birthday: '1990-03-02', spends: 12_450 },
  { card: BENNO_CARD, firstName: 'Benno', birthday: null, spends: 1_600 },
  { card: '2900000000049', firstName: 'Benita', birthday: null, spends: 0 },
] as const;
