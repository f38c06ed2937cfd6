/**
 * What must hold at head office after each fold, and not only at the end: two of the design's mutants never overspent in their last run (2.10). E1, in
 * every part: spent and returned are never more than granted and own. E2, on every date from today on: what may be spent then rests on lots that last
 * until then. Overspent is what a member has below zero. From both are left out, and counted apart, involuntary debits that burnt nothing, what a
 * person wrote off as risk, what copies of a till may lose until they are found, and overdrafts of the tolerant policy.
 */
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId, WalletId } from '../../base/ids.ts';
import type { Entry } from '../../ledger/entry.ts';
import { placeOf, positionName, type Tables } from './memory-store/tables.ts';
import { byEnd, isOpen, partText } from '../../ledger/allowances/part.ts';
import { type Office, idsOf, outOf, rootOf, stateOf } from './office/holdings.ts';
import type { Problem } from './world.ts';

export type Excused = {
  readonly debits: number;
  readonly risks: number;
  readonly overdrafts: number;
  readonly clones: number;
};
export type CloneBound = ReadonlyMap<string, number>;
type Report = (of: Problem, what: string) => void;

export function checkInvariants(office: Office, clones: CloneBound, report: Report): void {
  const { tables, programme } = office;
  for (const part of tables.allowances.values()) {
    const { inc, granted, own, spent, returned } = part;
    const name = `${inc} ${partText(part)}`;
    if (spent + returned > granted + own) report('invariants', `E1 in ${name}: ${JSON.stringify(part)}`);
    const counted = tables.oracle.get(name) ?? { own: 0, spent: 0, returned: 0 };
    if (JSON.stringify({ own, spent, returned }) !== JSON.stringify(counted))
      report('invariants', `${name} is ${JSON.stringify(part)}, its entries say ${JSON.stringify(counted)}`);
  }
  const roots = new Set((tables.states.keys() as MemberId[]).map((account) => rootOf(tables, account))); // the keys of this table
  for (const root of roots) {
    for (const { id: wallet } of programme?.wallets ?? []) {
      const excused = excusedIn(office, clones, root, wallet);
      const leave = excused.debits + excused.risks + excused.overdrafts + excused.clones;
      checkCovered(office, root, wallet, leave, report);
      const below = stateOf(tables, root)?.wallets[wallet]?.below ?? 0;
      if (below > leave)
        report('overspends', `${root} has ${wallet} ${below} below zero, excused are ${JSON.stringify(excused)}`);
    }
  }
}

export function excusedIn({ tables }: Office, clones: CloneBound, root: MemberId, wallet: WalletId): Excused {
  const sum = (of: (name: string) => number | undefined): number =>
    idsOf(tables, root).reduce((total, id) => total + (of(`${id} ${wallet}`) ?? 0), 0);
  return {
    debits: sum((name) => tables.debits.get(name)) + lostByOrder(tables, root, wallet),
    risks: sum((name) => tables.risks.get(name)),
    overdrafts: sum((name) => tables.overdrafts.get(name)),
    clones: sum((name) => clones.get(name)),
  };
}

/** Two tills gave what a member can have once, and another one stands than head office knew first (fine print 12): points that it no longer has. */
function lostByOrder(tables: Tables, root: MemberId, wallet: WalletId): number {
  const twice = tables.flags.values().filter(({ code }) => code === 'given-twice');
  return twice.reduce((total, { inc, seq }) => {
    const row = tables.entries.get(positionName(tables.places.get(placeOf(inc, seq)) ?? 0));
    const entry = row && (JSON.parse(row.text) as Entry); // parsed before it was flagged
    if (entry === undefined || (entry.kind !== 'sale' && entry.kind !== 'attach') || entry.member === null)
      return total;
    if (rootOf(tables, entry.member) !== root) return total;
    const given = [...entry.body.gifts, ...entry.body.earned.filter(({ rule }) => rule === 'welcome')];
    return given.reduce((sum, gift) => (gift.wallet === wallet ? sum + gift.amount : sum), total);
  }, 0);
}

function checkCovered(office: Office, root: MemberId, wallet: WalletId, leave: number, report: Report): void {
  const { today } = office;
  const out = outOf(office, root, wallet);
  if (out.length === 0) return;
  const state = stateOf(office.tables, root)?.wallets[wallet];
  const lots = state?.lots ?? [];
  const ends = [...new Set(out.map(({ end }) => end))].filter((end) => isOpen({ end }, today));
  for (const until of ends) {
    const held = lasting(out, until);
    // What waits becomes spendable before it is granted, never the other way round.
    const behind = lasting(lots, until) - (state?.below ?? 0);
    if (held > behind + leave)
      report(
        'invariants',
        `E2 of ${root} ${wallet}: ${held} may be spent until ${until}, on lots of ${behind}, excused are ${leave}`,
      );
  }
}

function lasting(
  parts: readonly { readonly end: BusinessDate | null; readonly amount: number }[],
  until: BusinessDate | null,
): number {
  return parts.reduce((sum, { end, amount }) => (byEnd({ end }, { end: until }) >= 0 ? sum + amount : sum), 0);
}
