import { expect, it } from 'vitest';
import { commandJournal, type PendingCommit } from './command-journal.ts';

function open(stored?: string) {
  const kept = new Map<string, string>(stored === undefined ? [] : [['loyaltill.pending-commit', stored]]);
  const journal = commandJournal({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  });
  return { kept, journal };
}

it('gives back what it kept, until it is answered', () => {
  const { journal } = open();
  const commit = {
    command: '0b9f7c1e-2f63-4f3c-9a58-6a1de25f9f01',
    member: null,
    lines: [{ sku: 'A', quantity: '1', unitPrice: 5 }],
    redeem: [],
    reference: null,
    expectedDue: 5,
  } as unknown as PendingCommit; // ids as the schema gives them
  journal.keep(commit);
  expect(journal.pending()).toEqual(commit);
  journal.forget();
  expect(journal.pending()).toBeNull();
});

it.each(['', '{', '{"command":"x"}', 'null'])('throws %j away', (stored) => {
  const { journal, kept } = open(stored);
  expect({ pending: journal.pending(), kept: kept.size }).toEqual({ pending: null, kept: 0 });
});
