import { expect, it } from 'vitest';
import type { MemberView } from '../../../../../till/contract/shapes.ts';
import { firstOf, nextBadge, walletNews } from './member-view.ts';

it('shows the first few of a list and counts the rest', () => {
  expect(firstOf(['a', 'b', 'c'], 2)).toEqual({ shown: ['a', 'b'], more: 1 });
  expect(firstOf(['a'], 2)).toEqual({ shown: ['a'], more: 0 });
});

it('takes as the next badge the one of whose way the largest part is done, and none that is earned once and for all', () => {
  const badge = (name: string, count: number, at: number, missing: number | null): MemberView['badges'][number] => ({
    badge: name,
    held: missing === null ? 1 : 0,
    count,
    at,
    missing,
  });
  expect(nextBadge([badge('far', 3, 10, 7), badge('near', 2, 3, 1), badge('had', 5, 5, null)])?.badge).toBe('near');
  expect(nextBadge([badge('had', 5, 5, null)])).toBeNull();
});

it('says of a wallet only what is its own, the nearest first', () => {
  const pending = [
    { wallet: 'points', amount: 5, from: '2026-03-05' },
    { wallet: 'points', amount: 9, from: '2026-03-09' },
    { wallet: 'stamps', amount: 1, from: '2026-03-01' },
  ];
  expect(walletNews({ pending, endingSoon: [] }, 'points')).toEqual({
    ripening: { shown: [pending[0]], more: 1 },
    ending: { shown: [], more: 0 },
  });
});
