import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exampleAnswers } from '../testing/example-answers.ts';
import { ledgerLines } from './running-balances.ts';

const { entries } = exampleAnswers(Date.UTC(2026, 5, 15, 10));
const sample = entries[0];

function earning(amounts: readonly number[]) {
  return amounts.map((amount, index) => ({
    ...present(sample),
    position: amounts.length - index,
    postings: [
      { account: 'member:a', wallet: 'points', amount },
      { account: 'issued', wallet: 'points', amount: -amount },
    ],
  }));
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the example has entries');
  return value;
}

it('counts back from the balance of now', () => {
  const balances = [{ wallet: 'points', name: 'Points', kind: 'points', balance: 100 }];
  const lines = ledgerLines(earning([7, -20, 113]), { id: 'a', balances });
  expect(lines.map(({ wallets }) => wallets)).toEqual([
    [{ wallet: 'points', amount: 7, after: 100 }],
    [{ wallet: 'points', amount: -20, after: 93 }],
    [{ wallet: 'points', amount: 113, after: 113 }],
  ]);
});

it('says nothing of wallets that an entry leaves alone', () => {
  const line = ledgerLines([{ ...present(sample), postings: [] }], { id: 'a', balances: [] })[0];
  expect(line?.wallets).toEqual([]);
});

it('reaches 0 before the first entry, whatever was earned and spent', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.integer({ min: -500, max: 500 }).filter((amount) => amount !== 0),
        { minLength: 1 },
      ),
      (amounts) => {
        const balance = amounts.reduce((sum, amount) => sum + amount, 0);
        const lines = ledgerLines(earning(amounts), {
          id: 'a',
          balances: [{ wallet: 'points', name: '', kind: 'points', balance }],
        });
        const first = lines.at(-1)?.wallets[0];
        expect((first?.after ?? 0) - (first?.amount ?? 0)).toBe(0);
      },
    ),
  );
});
