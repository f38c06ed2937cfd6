import { expect, it } from 'vitest';
import { ONLINE_MS_MAX, tillCondition } from './till-condition.ts';

const NOW = 1_000_000;

it.each([
  [{ enrolled: true, forked: false, lastSeenAt: NOW - ONLINE_MS_MAX }, 'online'],
  [{ enrolled: true, forked: false, lastSeenAt: NOW + 2_000 }, 'online'],
  [{ enrolled: true, forked: false, lastSeenAt: NOW - ONLINE_MS_MAX - 1 }, 'silent'],
  [{ enrolled: true, forked: false, lastSeenAt: null }, 'silent'],
  [{ enrolled: false, forked: false, lastSeenAt: null }, 'never-enrolled'],
  [{ enrolled: true, forked: true, lastSeenAt: NOW }, 'forked'],
])('%j is %s', (till, condition) => {
  expect(tillCondition(till, NOW)).toBe(condition);
});
