/** A member's state as text, for rows and wires: the same entries always give the same text. */
import { z } from 'zod';
import { isReserved, RESERVED } from './bodies/fields.ts';
import type { MemberState } from './member-state.ts';

export function encodeState(state: MemberState): string {
  return JSON.stringify(ordered(state));
}

/** Records by key, whatever the order in which their parts came about. Lists and what is in them are made in one order everywhere. */
function ordered(state: MemberState): MemberState {
  const { wallets, lifetime, visits, sales, past, voided, uses, ladder, undone, badges, memberships } = state;
  const { clubs, goals, referral, sent, merged, overdrafts, into, claim } = state;
  return {
    wallets: byKey(wallets),
    lifetime: byKey(lifetime),
    visits,
    sales,
    past,
    voided,
    uses: byKey(uses),
    ladder,
    undone,
    badges,
    memberships: byKey(memberships),
    clubs: byKey(clubs),
    goals,
    referral,
    sent: byKey(sent),
    merged: merged.map((merge) => ({ ...merge, was: ordered(merge.was), shifts: byKey(merge.shifts) })),
    ...(overdrafts === undefined ? {} : { overdrafts: byKey(overdrafts) }),
    into,
    claim,
  };
}

function byKey<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  const keys = Object.keys(record);
  if (keys.length < 2) return record;
  return Object.fromEntries(Object.entries(record).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

const wholeUnits = z.int().min(0);
const text = z.string();
const record = <Value extends z.ZodType>(value: Value) =>
  z.record(
    z.string().refine((key) => !isReserved(key), RESERVED),
    value,
  );

const lot = z.strictObject({
  lot: z.int().min(1),
  sale: text.nullable(),
  earned: text,
  from: text.nullable(),
  end: text.nullable(),
  amount: wholeUnits,
  via: text.optional(),
});
const lotPart = z.strictObject({ lot: z.int(), earned: text, end: text.nullable(), amount: z.int().min(1) });
const tally = z.strictObject({ date: text, visits: wholeUnits, spend: wholeUnits, earned: record(wholeUnits) });
const gift = z.discriminatedUnion('reason', [
  z.strictObject({ reason: z.literal('badge'), badge: text, wallet: text.nullable(), amount: wholeUnits }),
  z.strictObject({ reason: z.literal('referee'), wallet: text, amount: wholeUnits }),
  z.strictObject({ reason: z.literal('referrer'), member: text, wallet: text, amount: wholeUnits }),
]);
const note = z.strictObject({
  sale: text,
  date: text,
  store: text,
  lines: z.array(
    z.strictObject({ sku: text, category: text.nullable(), tags: z.array(text), quantity: text, paid: wholeUnits }),
  ),
  earned: z.array(z.strictObject({ rule: text, wallet: text, amount: wholeUnits })),
  uses: record(wholeUnits),
  took: record(z.array(lotPart)),
  gifts: z.array(gift),
});
const heldLevel = z.strictObject({ level: text, at: wholeUnits, end: text.nullable(), by: text.nullable() });
const referral = z.strictObject({ by: text.nullable(), paid: text.nullable(), brought: record(wholeUnits) });

const stateSchema = z.strictObject({
  wallets: record(z.strictObject({ lots: z.array(lot), below: wholeUnits, next: z.int().min(1) })),
  lifetime: record(wholeUnits),
  visits: wholeUnits,
  sales: z.array(note),
  past: z.strictObject({
    tallies: z.array(tally),
    today: record(z.strictObject({ given: record(wholeUnits), uses: record(wholeUnits) })),
    counted: record(z.array(z.strictObject({ date: text, amount: wholeUnits, stores: z.array(text) }))),
    bought: record(z.array(text)),
  }),
  voided: z.array(text),
  uses: record(z.strictObject({ ever: wholeUnits, months: record(wholeUnits) })),
  ladder: z.array(heldLevel),
  undone: z.array(text),
  badges: z.array(z.strictObject({ badge: text, sale: text, date: text })),
  memberships: record(z.array(z.strictObject({ sale: text, date: text, sku: text, units: wholeUnits, period: text }))),
  clubs: record(z.array(z.strictObject({ from: text, until: text.nullable() }))),
  goals: z.array(text),
  referral,
  sent: record(record(wholeUnits)),
  overdrafts: record(z.int().min(1)).optional(),
  get merged() {
    return z.array(
      z.strictObject({
        account: text,
        was: stateSchema,
        ladder: z.array(heldLevel),
        goals: z.array(text),
        referral,
        joined: z.array(heldLevel),
        shifts: record(wholeUnits),
        gaveUp: z.array(z.strictObject({ wallet: text, amount: wholeUnits })).optional(),
      }),
    );
  },
  into: text.nullable(),
  claim: text.nullable(),
});

/** For rows that come over the wire. */
export const memberStateSchema = stateSchema as unknown as z.ZodType<MemberState>; // the schema checks shapes; brands have no run-time form
