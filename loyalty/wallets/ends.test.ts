import { describe, expect, it } from 'vitest';
import { walletSchema } from '../programme/wallet.ts';
import { date } from '../testing/ladders.ts';
import { endOfLot, movesWithActivity, spendableFrom } from './ends.ts';

const wallet = (expiry?: Readonly<Record<string, unknown>>, pending = 'P0D') =>
  walletSchema.parse({ id: 'points', kind: 'points', pending, ...(expiry === undefined ? {} : { expiry }) });

describe('endOfLot', () => {
  it.each([
    ['none', 'P12M', '2026-03-02', '2027-03-02'],
    ['none', 'P1M', '2026-01-31', '2026-02-28'],
    ['none', 'P1Y', '2024-02-29', '2025-02-28'],
    ['none', 'P30D', '2026-03-02', '2026-04-01'],
    // Through the last day of the month of D + after (fine print 14): gone on the first of the next.
    ['month-end', 'P12M', '2026-03-02', '2027-04-01'],
    ['month-end', 'P12M', '2026-03-31', '2027-04-01'],
    ['month-end', 'P1M', '2026-01-31', '2026-03-01'],
    ['month-end', 'P30D', '2026-03-02', '2026-05-01'],
    ['month-end', 'P1M', '2026-11-30', '2027-01-01'],
    ['month-end', 'P0D', '2026-03-31', '2026-04-01'],
    ['none', 'P1Y', '9999-01-01', null],
    ['month-end', 'P1M', '9999-11-15', null],
  ])('rounded to %s after %s from %s is %s', (round, after, from, end) => {
    expect(endOfLot(wallet({ after, from: 'earn', round }), date(from))).toBe(end);
    expect(endOfLot(wallet({ after, from: 'activity', round }), date(from))).toBe(end);
  });

  it('is never without an expiry', () => {
    expect(endOfLot(wallet(), date('2026-03-02'))).toBeNull();
  });
});

describe('spendableFrom', () => {
  it.each([
    ['P0D', '2026-03-02'],
    ['P14D', '2026-03-16'],
    ['P1M', '2026-04-02'],
  ])('with pending %s is %s', (pending, from) => {
    expect(spendableFrom(wallet(undefined, pending), date('2026-03-02'))).toBe(from);
  });

  it('stops at the last date of all', () => {
    expect(spendableFrom(wallet(undefined, 'P1Y'), date('9999-03-02'))).toBe('9999-12-31');
  });
});

describe('movesWithActivity', () => {
  it('is so only for a wallet that lives by it (fine print 15)', () => {
    const after = 'P12M';
    expect(
      [wallet({ after, from: 'activity' }), wallet({ after, from: 'earn' }), wallet()].map(movesWithActivity),
    ).toEqual([true, false, false]);
  });
});
