import { createIntl } from 'react-intl';
import { expect, it } from 'vitest';
import messages from '../messages/en.json' with { type: 'json' };
import { amountWords } from './amounts.ts';
import { createFormats } from './formats.ts';

const intl = createIntl({ locale: 'en', messages });
const formats = createFormats({ locale: 'en-GB', language: 'en', currency: 'EUR', minorDigits: 2 });
const wallets = {
  points: { name: 'Points', kind: 'points' },
  coffee: { name: 'Coffee stamps', kind: 'stamps' },
  gift: { name: 'Gift card', kind: 'money' },
};
const words = amountWords(wallets, formats, (id, values) => intl.formatMessage({ id }, values));

it('speaks of points, stamps and money as people do', () => {
  expect([
    words.effect({ kind: 'earned', wallet: 'points', amount: 1_007 }),
    words.effect({ kind: 'spent', wallet: 'points', amount: -1 }),
    words.effect({ kind: 'takenBack', wallet: 'coffee', amount: -1 }),
    words.effect({ kind: 'adjusted', wallet: 'points', amount: -3 }),
    words.effect({ kind: 'returned', wallet: 'gift', amount: 250 }),
    words.change('coffee', 2),
    words.signed('gift', -250),
    words.balance('points', -39),
  ]).toEqual([
    'Earned 1,007 points',
    'Spent 1 point',
    '1 stamp taken back',
    'Adjusted by -3 points',
    '€2.50 returned',
    '+2 stamps',
    '-€2.50',
    '-39 points',
  ]);
});

it('keeps the programme’s names where a common word would not tell two wallets apart', () => {
  const two = { coffee: { name: 'Coffee stamps', kind: 'stamps' }, cake: { name: 'Cake stamps', kind: 'stamps' } };
  const named = amountWords(two, formats, (id, values) => intl.formatMessage({ id }, values));
  expect([named.change('coffee', 1), named.change('beans', 2)]).toEqual(['+1 Coffee stamps', '+2 beans']);
});
