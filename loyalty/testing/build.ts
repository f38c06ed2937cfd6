import { present } from '../../base/assert.ts';
import { type BusinessDate, type LocalTime, parseBusinessDate } from '../../base/business-date.ts';
import type { MemberId, RewardId, RuleId, StoreId, WalletId } from '../../base/ids.ts';
import { type Points, points } from '../../base/numbers.ts';
import type { Result } from '../../base/result.ts';
import type { Birthday, MemberFacts, RewardUses } from '../member-facts.ts';
import { parseProgramme } from '../programme/parse.ts';
import type { Programme } from '../programme/programme.ts';
import { findUnbuilt } from '../programme/unbuilt.ts';
import type { SaleLine, SaleRequest } from '../sale/request.ts';

/** Short ways to say what a test is about. Only tests import this. */

export const DOCUMENT = {
  id: 'p',
  version: 1,
  effectiveFrom: '2025-01-01',
  currency: 'EUR',
  minorDigits: 2,
  timezone: 'Europe/Berlin',
  wallets: [
    { id: 'points', kind: 'points' },
    { id: 'cashback', kind: 'money', rounding: 'half-up' },
    { id: 'stamps', kind: 'stamps', rounding: 'up' },
  ],
  earn: [] as unknown[],
};

export const PER_EURO = { id: 'base', wallet: 'points', amount: { per: 'spend', give: 1, every: 100 } };

/** DOCUMENT with parts of its own; it must parse and use only what is built. */
export function programmeOf(parts: Readonly<Record<string, unknown>>): Programme {
  const parsed = parseProgramme({ ...DOCUMENT, ...parts });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const unbuilt = findUnbuilt(parsed.value);
  if (unbuilt.length > 0) throw new Error(JSON.stringify(unbuilt));
  return parsed.value;
}

/** DOCUMENT with parts of its own, of which some may not be built elsewhere: it must parse. */
export function parsedProgramme(parts: Readonly<Record<string, unknown>>): Programme {
  return valueOf(parseProgramme({ ...DOCUMENT, ...parts }));
}

export function memberOf(
  facts: {
    readonly spendable?: Readonly<Record<string, number>>;
    readonly birthday?: Birthday;
    readonly segments?: readonly string[];
    readonly unclaimed?: boolean;
    readonly level?: string;
    readonly memberships?: readonly string[];
    readonly clubs?: readonly string[];
    readonly purchases?: Readonly<Record<string, readonly string[]>>;
    readonly visits?: number;
    readonly earnedToday?: Readonly<Record<string, number>>;
    readonly rewardUses?: Readonly<Record<string, RewardUses>>;
  } = {},
): MemberFacts {
  return {
    id: 'm1' as MemberId, // test ids
    unclaimed: facts.unclaimed ?? false,
    birthday: facts.birthday,
    level: facts.level ?? null,
    memberships: new Set(facts.memberships),
    clubs: new Set(facts.clubs),
    purchases: new Map(Object.entries(facts.purchases ?? {})) as ReadonlyMap<string, readonly string[]> as ReadonlyMap<
      string,
      readonly BusinessDate[]
    >, // test dates
    segments: facts.segments ?? [],
    spendable: pointsMap<WalletId>(facts.spendable),
    visits: facts.visits ?? 1,
    earnedToday: pointsMap<RuleId>(facts.earnedToday),
    rewardUses: new Map(Object.entries(facts.rewardUses ?? {})) as ReadonlyMap<string, RewardUses> as ReadonlyMap<
      RewardId,
      RewardUses
    >, // test ids
  };
}

export function line(unitPrice: number, parts: Partial<SaleLine> = {}): SaleLine {
  return { sku: 'BREAD', tags: [], quantity: '1', unitPrice, ...parts };
}

/** A sale of Monday 2 March 2026 at 10:00, keyed by a cashier. */
export function saleOf(
  lines: readonly SaleLine[],
  parts: Partial<Omit<SaleRequest, 'redeem'>> & { readonly redeem?: readonly (string | [string, number])[] } = {},
): SaleRequest {
  const redeem = (parts.redeem ?? []).map(
    (entry) =>
      typeof entry === 'string'
        ? { reward: entry as RewardId } // test ids
        : { reward: entry[0] as RewardId, points: entry[1] }, // test ids
  );
  const defaults = {
    local: at('2026-03-02', '10:00'),
    channel: 'store',
    store: 's1' as StoreId,
    operatorRole: 'cashier',
  } as const; // test ids
  return { ...defaults, lines, ...parts, redeem };
}

export function at(date: string, clock: string): LocalTime {
  const minuteOfDay = Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  return { date: present(parseBusinessDate(date), date), minuteOfDay, offsetMinutes: 60 };
}

export function valueOf<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

export function refusedWith(result: Result<unknown, { readonly code: string }>): string | undefined {
  return result.ok ? undefined : result.error.code;
}

function pointsMap<Id extends string>(amounts: Readonly<Record<string, number>> = {}): ReadonlyMap<Id, Points> {
  return new Map(Object.entries(amounts).map(([id, amount]) => [id as Id, points(amount)])); // test ids
}
