/**
 * What a sale earned, computed again with its own programme version from its own record. The till's numbers stand, since the customer saw them;
 * a difference is shown, and one that is more than a trifle is made good by an adjustment that the member sees. Pure.
 */
import { AssertionFailed } from '../../../base/assert.ts';
import type { WalletId } from '../../../base/ids.ts';
import { AMOUNT_ABS_MAX, points } from '../../../base/numbers.ts';
import type { EntryOf } from '../../../ledger/entry.ts';
import type { Terms } from '../../../ledger/terms.ts';
import { recordedCircumstances } from '../../../loyalty/earning/circumstances.ts';
import { linesSold } from '../../../loyalty/earning/earn-again.ts';
import { ruleEarnings } from '../../../loyalty/earning/earn.ts';
import type { Programme } from '../../../loyalty/programme/programme.ts';
import type { Judged } from '../fold/judge.ts';
import type { OwnFact } from '../own-stream/own-stream.ts';
import type { Flag } from '../store/flags.ts';

/** Units of a wallet in one sale that are let be: an older till may round in another place. */
export const DRIFT_UNITS_MAX = 5;

export type Drift = { readonly wallet: WalletId; /** Signed: what is missing. */ readonly amount: number };

/** Of new entries, each once in its life: what is wrong with it and what makes it good. */
export function correctDrift(
  entries: readonly Judged[],
  terms: Terms,
): { readonly flags: readonly Flag[]; readonly facts: readonly OwnFact[] } {
  const flags: Flag[] = [];
  const facts: OwnFact[] = [];
  for (const { read, inc, seq, standing } of entries) {
    if (read.as !== 'known' || read.entry.kind !== 'sale') continue;
    const { entry } = read;
    const drifts = driftOf(entry, terms);
    if (drifts.length === 0) continue;
    const detail = drifts.map(({ wallet, amount }) => `${wallet} ${amount > 0 ? '+' : ''}${amount}`).join(', ');
    flags.push({ inc, seq, code: 'programme-drift', detail });
    if (standing === undefined) facts.push(...drifts.flatMap((drift) => madeGood(entry, drift)));
  }
  return { flags, facts };
}

/** Nothing where the version is not known here, or says nothing of how the sale came about. */
export function driftOf(entry: EntryOf<'sale'>, terms: Terms): readonly Drift[] {
  if (entry.member === null || entry.prog === null || entry.kv < 2) return [];
  const programme = terms.byHash(entry.prog);
  return programme === undefined ? [] : difference(programme, entry);
}

function difference(programme: Programme, { body, bd: date, store }: EntryOf<'sale'>): Drift[] {
  const record = { ...body, date, store };
  const sums = new Map<WalletId, number>();
  const add = (wallet: WalletId, amount: number): void => {
    sums.set(wallet, (sums.get(wallet) ?? 0) + amount);
  };
  try {
    for (const { rule, amount } of ruleEarnings(programme, recordedCircumstances(record), linesSold(record)))
      add(rule.wallet, Number(amount));
  } catch (error) {
    // What an entry says came from outside.
    if (error instanceof AssertionFailed) return [];
    throw error;
  }
  for (const { wallet, amount } of body.earned) add(wallet, -amount);
  return [...sums].flatMap(([wallet, amount]) => (amount === 0 ? [] : [{ wallet, amount }]));
}

function madeGood({ member, receipt }: EntryOf<'sale'>, { wallet, amount }: Drift): OwnFact[] {
  if (Math.abs(amount) <= DRIFT_UNITS_MAX || Math.abs(amount) > AMOUNT_ABS_MAX) return [];
  const reason = `Receipt ${receipt ?? ''} was computed anew at head office.`;
  return [{ kind: 'adjust', member, body: { wallet, amount: points(amount), reason } }];
}
